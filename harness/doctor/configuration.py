"""The profile itself: which environment variables are not set, and what the profile keeps from running."""

from collections.abc import Iterator

from harness.doctor.findings import Finding, State, Subject
from harness.profile import MAIN_TENANT, Credential, Profile

_ALLOWANCES = {
    "allow_write": ("write", "create, change and delete rows: cases that do are skipped"),
    "allow_payment": ("payment", "start and settle payments: cases that pay or refund are skipped"),
    "allow_load": ("load", "send many calls at once: cases about crowds are skipped"),
    "allow_clock": ("clock", "set the platform's clock: cases that move it are skipped"),
    "allow_new_members": ("new_members", "make members: cases that need several are skipped"),
}


def shape(subject: Subject) -> Iterator[Finding]:
    """A profile that could be read has the right shape."""
    yield Finding("profile", State.OK, f"{subject.profile.name}, {subject.profile.title}")


def variables(subject: Subject) -> Iterator[Finding]:
    """Names alone; the values are nobody's business."""
    unset = list(_unset(subject.profile))
    if not unset:
        yield Finding("variables", State.OK, "every environment variable that the profile names is set")
    for name, used_for, is_needed in unset:
        state = State.FAILED if is_needed else State.WARN
        lost = "nothing can run without it" if is_needed else "the cases that need it are skipped"
        yield Finding(
            "variables",
            state,
            f"{name} is not set ({used_for}): {lost}",
            f"export {name}, or put it into the file .env beside pytest.ini",
        )


def _unset(profile: Profile) -> Iterator[tuple[str, str, bool]]:
    """Each variable that is not set, what it is for, and whether a run cannot do without."""
    for role, credential in profile.tenants.items():
        for name in _missing_of(credential):
            yield name, f"tenants.{role}", role == MAIN_TENANT
    for privilege, credential in profile.tenants_without.items():
        for name in _missing_of(credential):
            yield name, f"tenants_without.{privilege}", False
    for kind, code in profile.wechat_codes.items():
        if code.code is None and code.token is None:
            yield from ((name, f"wechat.codes.{kind}", False) for name in code.variables)
    others = (
        (profile.network.proxy_variable, profile.network.proxy, "network.proxy_env"),
        (profile.payment_variable, profile.payment_secret, "payment.secret_env"),
        (profile.messages_variable, profile.messages_url, "messages.url_env"),
        (profile.database_variable, profile.database_url, "database.url_env"),
    )
    for variable, value, place in others:
        if variable is not None and value is None:
            yield variable, place, False


def _missing_of(credential: Credential) -> list[str]:
    values = (credential.username, credential.password)
    named = zip(credential.variables, values, strict=False)
    return [name for name, value in named if value is None]


def allowances(subject: Subject) -> Iterator[Finding]:
    """A choice, so a warning alone: whoever reads it knows what a green run will not have shown."""
    for key, (name, lost) in _ALLOWANCES.items():
        if getattr(subject.profile.allowed, name):
            yield Finding(key, State.OK, "allowed")
        else:
            yield Finding(key, State.WARN, f"not allowed to {lost}", f"{key} = true, where that does no harm")
    if subject.profile.allowed.payment and not subject.profile.allowed.write:
        yield Finding(
            "allow_payment",
            State.WARN,
            "a payment is a writing, too, and that is not allowed",
            "allow_write = true",
        )
