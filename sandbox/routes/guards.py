"""Who may call: decorators that give a view its signed-in tenant or member."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from flask import Response, request

from sandbox.models import Member
from sandbox.routes.context import transaction, world
from sandbox.rules.members import signed_in_member
from sandbox.rules.tenants import Privilege, SignedInTenant, signed_in_tenant

P = ParamSpec("P")


def for_tenants(
    privilege: Privilege | None = None,
) -> Callable[[Callable[Concatenate[SignedInTenant, P], Response]], Callable[P, Response]]:
    """A call of the console; without a privilege it is open to every tenant (A-03)."""

    def guard(view: Callable[Concatenate[SignedInTenant, P], Response]) -> Callable[P, Response]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> Response:
            token = request.headers.get("X-Token") or request.headers.get("SystemToken")
            tenant = signed_in_tenant(transaction(), token, world().known_tenants)
            if privilege is not None:
                tenant.must_have(privilege)
            return view(tenant, *args, **kwargs)

        return guarded

    return guard


def for_members(view: Callable[Concatenate[Member, P], Response]) -> Callable[P, Response]:
    """A call of the mini-program."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> Response:
        headers = request.headers
        member = signed_in_member(transaction(), headers.get("accessToken"), headers.get("X-Wx-Appid"))
        return view(member, *args, **kwargs)

    return guarded
