"""Tokens of the two fronts: signed, stateless, and expired by the sandbox's clock alone."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import jwt
from jwt.types import Options

from sandbox import settings
from sandbox.rules.refusals import NotSignedInError

UNCHECKED: Options = {
    "verify_exp": False,
    "verify_iat": False,
    "verify_nbf": False,
    "verify_aud": False,
    "require": ["sub", "exp"],
}


@dataclass(frozen=True)
class Mint:
    """Makes and reads the tokens of one front; those of another are garbled here."""

    issuer: str
    secret: str
    lasts: timedelta

    def issue(self, now: int, claims: dict[str, Any]) -> str:
        issued = now // 1000
        life = {"iss": self.issuer, "iat": issued, "exp": issued + int(self.lasts.total_seconds())}
        return jwt.encode({**claims, **life}, self.secret, algorithm="HS256")

    def claims(self, token: str | None, now: int) -> dict[str, Any]:
        """A-02; a limit in time falls at now ≥ limit."""
        try:
            claims: dict[str, Any] = jwt.decode(
                token or "",
                self.secret,
                algorithms=["HS256"],
                options=UNCHECKED,
            )
        except jwt.InvalidTokenError as error:
            raise NotSignedInError from error
        if now >= claims["exp"] * 1000:
            raise NotSignedInError
        return claims


TENANT_TOKENS = Mint("dab", settings.TENANT_TOKEN_SECRET, settings.TENANT_TOKEN_LASTS)
MEMBER_TOKENS = Mint("clt", settings.MEMBER_TOKEN_SECRET, settings.MEMBER_TOKEN_LASTS)
