"""Who may do what to an activity, the same for every kind: privileges, organizations, rows not there."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from clients import AdminClient, Answer, MemberClient
from harness.cases import Case
from harness.checks import check_outcome, check_refused, check_same, ids_of
from harness.platform import Platform
from harness.workshop import AnyWorkshop

ActivityCall = Callable[[AdminClient, Mapping[str, Any], AnyWorkshop], Answer[Any]]
Calls = Mapping[str, ActivityCall]
BRIEF = "别人改的简介"

CALLS: Final[Calls] = {
    "list": lambda caller, row, activities: activities.calls(caller).list(page=1, size=10),
    "get": lambda caller, row, activities: activities.calls(caller).get(row["id"]),
    "new_id": lambda caller, row, activities: caller.resources.new_id(activities.prefix),
    "create": lambda caller, row, activities: activities.calls(caller).create(activities.body()),
    "copy": lambda caller, row, activities: activities.calls(caller).copy(row["id"]),
    "update": lambda caller, row, activities: activities.calls(caller).update(
        row["id"], {**activities.writable(row), activities.brief: BRIEF}
    ),
    "recommend": lambda caller, row, activities: activities.calls(caller).recommend(
        row["id"], recommend=True
    ),
    "switch": lambda caller, row, activities: activities.turn(row["id"], on=True, caller=caller),
    "delete": lambda caller, row, activities: activities.calls(caller).delete(row["id"]),
}
"""The calls about one activity by name. A kind that has more adds them: `{**CALLS, "launch": …}`."""


def privilege(case: Case, platform: Platform, activities: AnyWorkshop, calls: Calls = CALLS) -> None:
    made = activities.make()

    answer = calls[case.call or ""](_caller(case, platform), made, activities)

    check_outcome(answer, case)
    if not answer.ok:
        _check_untouched(made, activities)


def other_organization(case: Case, platform: Platform, activities: AnyWorkshop, calls: Calls = CALLS) -> None:
    made = activities.make()

    answer = calls[case.call or ""](_caller(case, platform), made, activities)

    check_outcome(answer, case)
    if "rows" in case.expect:
        assert len(answer.require_data()) == case.expect["rows"]
    _check_untouched(made, activities)


def absent(case: Case, activities: AnyWorkshop, calls: Calls = CALLS) -> None:
    made = activities.make()
    if case.row == "deleted":
        activities.calls().delete(made["id"]).require_ok()
    else:
        made = {**made, "id": activities.words.id_of("absent")}

    answer = calls[case.call or ""](activities.admin, made, activities)

    check_outcome(answer, case)
    if "rows" in case.expect:
        assert len(answer.require_data()) == case.expect["rows"]


def list_holds_only_one_s_own(activities: AnyWorkshop, other: AdminClient, theirs: Mapping[str, Any]) -> None:
    """`theirs` is what a body of another organization differs in: it may name nothing of ours."""
    own, foreign = activities.make(), activities.make(theirs, caller=other)

    seen = [
        ids_of(activities.calls(caller).list(search_word=activities.mark).require_data())
        for caller in (None, other)
    ]

    assert seen == [[own["id"]], [foreign["id"]]]


def body_cannot_choose_the_organization(
    activities: AnyWorkshop, other: AdminClient, theirs: Mapping[str, Any]
) -> None:
    foreign = activities.make(theirs, caller=other)

    made = activities.make({"organizationId": foreign["organizationId"]})

    assert made["organizationId"] != foreign["organizationId"]
    check_refused(activities.calls(other).get(made["id"]), "40401")


def member_of_other_organization(platform: Platform, mark: str) -> MemberClient:
    """A new member of another organization's mini-program."""
    return platform.new_member(mark, of_other_organization=True)


def _caller(case: Case, platform: Platform) -> AdminClient:
    return platform.tenant_without(case.without) if case.without else platform.tenant(case.role or "admin")


def _check_untouched(made: Mapping[str, Any], activities: AnyWorkshop) -> None:
    """It is as it was, and no other stands within the test's mark."""
    check_same(made, activities.read(made))
    assert ids_of(activities.within_mark()) == [made["id"]]
