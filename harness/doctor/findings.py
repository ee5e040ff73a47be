"""What a check of an environment found, and what all checks share."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum

from harness.platform import Platform
from harness.profile import Profile


class State(Enum):
    """SKIPPED was not looked at, WARN keeps cases from running or may mislead, FAILED must be mended."""

    OK = "OK"
    SKIPPED = "SKIPPED"
    WARN = "WARN"
    FAILED = "FAILED"


@dataclass(frozen=True)
class Finding:
    """One line of the table; `mend` is empty where there is nothing to do."""

    check: str
    state: State
    found: str
    mend: str = ""


@dataclass
class Subject:
    """`platform` lets out reading calls alone, whatever the profile allows; `profile` is as it was written.

    `unreachable` fills with the fronts that do not answer as the platform does, `skew_seconds` is how far
    the platform's clock is ahead of this machine's, once known, `tokens` are those of the tenants that could
    sign in, by what the table calls them.
    """

    profile: Profile
    platform: Platform
    use_codes: bool = False
    unreachable: set[str] = field(default_factory=set)
    skew_seconds: float = 0.0
    tokens: dict[str, str] = field(default_factory=dict, repr=False)


Check = Callable[[Subject], Iterator[Finding]]
ADMIN, MEMBER = "admin", "member"
"""The two fronts, as the profile's [urls] name them."""
