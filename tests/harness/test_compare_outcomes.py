"""What a comparison finds in how calls ended, in the order of lists and in time; and what is noise there."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from harness.comparing.findings import Kind, Rating
from tests.harness.compared import CALL, Line, chance_of, compared, exchange, told

OTHER = "admin.things.list"
SIGN_IN = "admin.tenants.login"


def ending(code: str, status: int = 200, tests: int = 5, **more: Any) -> list[Line]:
    """One call in each test, which ends so."""
    return [
        exchange(f"case-{n}", "ok" if code == "0" else None, code=code, status=status, **more)
        for n in range(tests)
    ]


ENDINGS = {
    Kind.REFUSAL_CODE: (("40904", 200), ("40901", 200), "HTTP 200, code 40904", "HTTP 200, code 40901"),
    Kind.STATUS: (("403", 403), ("401", 401), "HTTP 403", "HTTP 401"),
    Kind.NEWLY_REFUSED: (("0", 200), ("40001", 200), "HTTP 200, code 0", "HTTP 200, code 40001"),
    Kind.NEWLY_ACCEPTED: (("40001", 200), ("0", 200), "HTTP 200, code 40001", "HTTP 200, code 0"),
    Kind.ACCESS_OPENED: (("403", 403), ("0", 200), "HTTP 403", "HTTP 200, code 0"),
    Kind.CALL_GONE: (("0", 200), ("404", 404), "HTTP 200, code 0", "HTTP 404"),
    Kind.CALL_ADDED: (("404", 404), ("0", 200), "HTTP 404", "HTTP 200, code 0"),
}
ADDITIVE = {Kind.NEWLY_ACCEPTED, Kind.CALL_ADDED}


@pytest.mark.parametrize("kind", ENDINGS)
def test_other_ending_of_the_same_case_is_found(kind: Kind, tmp_path: Path) -> None:
    old, new, told_old, told_new = ENDINGS[kind]

    (finding,) = compared(tmp_path, ending(*old), ending(*new)).findings

    assert (finding.kind, finding.call, finding.path) == (kind, CALL, None)
    assert (finding.old, finding.new, finding.exchanges) == (told_old, told_new, 5)
    assert finding.rating is (Rating.ADDITIVE if kind in ADDITIVE else Rating.BREAKING)


@pytest.mark.parametrize("kind", ENDINGS)
def test_same_ending_is_none(kind: Kind, tmp_path: Path) -> None:
    old, *_ = ENDINGS[kind]

    assert told(compared(tmp_path, ending(*old), ending(*old)).findings) == []


def test_one_case_is_enough_for_an_ending(tmp_path: Path) -> None:
    old, new = ending("40001"), ending("40001")
    new[3] = ending("0", tests=4)[3]

    (finding,) = compared(tmp_path, old, new).findings

    assert (finding.kind, finding.cases, finding.rules) == (Kind.NEWLY_ACCEPTED, ["case-3"], ["E-01"])


def test_some_404_are_another_status_and_no_call_that_is_gone(tmp_path: Path) -> None:
    accepted = ending("0", call=CALL, tests=9)

    comparison = compared(
        tmp_path, accepted[:6] + ending("40401", tests=9)[6:], accepted[:6] + ending("404", 404, tests=9)[6:]
    )

    assert told(comparison.findings) == [("HTTP status", CALL, None, "HTTP 200, code 40401", "HTTP 404")]


def test_route_that_is_gone_with_no_usable_answer_is_told_by_its_attempts(tmp_path: Path) -> None:
    lost: dict[str, Any] = {
        "failure": "HttpError",
        "attempts": ["404"],
        "answered": {"kind": "text", "value": "no"},
    }
    new = [line | lost | {"status": None} for line in ending("0")]

    (finding,) = compared(tmp_path, ending("0"), new).findings

    assert (finding.kind, finding.new) == (Kind.CALL_GONE, "HTTP 404, HttpError")


@pytest.mark.parametrize("failure", ["Unreachable", "TimedOut", "503"])
def test_network_and_gateway_are_no_finding_and_are_counted(failure: str, tmp_path: Path) -> None:
    lost: dict[str, Any] = {
        "answered": {"kind": "none"},
        "status": None,
        "failure": failure,
        "attempts": [failure],
    }

    comparison = compared(tmp_path, ending("0"), [line | lost for line in ending("0")])

    assert told(comparison.findings) == []
    assert comparison.not_seen.transient == 5


def test_first_other_answer_of_a_test_is_told_and_not_what_follows(tmp_path: Path) -> None:
    def lines(code: str) -> list[Line]:
        return [
            *(exchange("one", code=code, n=0), exchange("one", code=code, call=OTHER, n=1)),
            *(exchange("two", code="0", n=0), exchange("two", code="0", call="admin.things.put", n=1)),
        ]

    (finding,) = compared(tmp_path, lines("0"), lines("40001")).findings

    assert finding.call == CALL


def story(test: str, *steps: tuple[str, str, str]) -> Iterable[Line]:
    """Calls by actors, with codes."""
    for n, (call, actor, code) in enumerate(steps):
        status = int(code) if len(code) == 3 else 200
        yield exchange(test, "ok", call=call, actor=actor, code=code, status=status, n=n)


def crowd(order: Iterable[int], refused: Callable[[int], bool]) -> Iterable[Line]:
    """Callers at the same time, of whom some come too late."""
    steps = [
        (CALL, f"member q5f5c08{n}-caller{n}", "40902" if refused(at) else "0") for at, n in enumerate(order)
    ]
    return story("crowd", *steps)


def test_of_a_crowd_another_one_may_come_too_late(tmp_path: Path) -> None:
    old, new = crowd(range(8), lambda at: at > 4), crowd(range(8), lambda at: at < 3)

    assert told(compared(tmp_path, old, new).findings) == []


def test_of_a_crowd_more_may_come_too_late(tmp_path: Path) -> None:
    old, new = crowd([3, 1, 2, 0, 5, 4], lambda at: at > 4), crowd([0, 2, 4, 1, 3, 5], lambda at: at > 2)

    assert told(compared(tmp_path, old, new).findings) == []


def test_race_whose_steps_come_the_other_way_round_is_no_finding(tmp_path: Path) -> None:
    cancel, notify = ("cancel", "admin"), ("notify", "provider")
    first, last = ("create", "admin", "0"), ("get", "admin", "0")
    old = story("race", first, (*cancel, "0"), (*notify, "0"), last)
    new = story("race", first, (*notify, "0"), (*cancel, "40901"), last)

    assert told(compared(tmp_path, old, new).findings) == []


def test_random_steps_are_no_finding(tmp_path: Path) -> None:
    def lines(seed: int) -> Iterable[Line]:
        chance = chance_of(seed)
        calls = [(f"member.c{n}", "member", code) for n in range(4) for code in ("0", "0", "0", f"4090{n}")]
        return story("random", *chance.choices(calls, k=300))

    for seed in range(20):
        assert told(compared(tmp_path, lines(seed), lines(seed + 100)).findings) == []


def test_sign_in_that_only_one_worker_made_is_stepped_over(tmp_path: Path) -> None:
    steps = [(CALL, "admin", "0"), (OTHER, "admin", "40001")]
    old = story("one", (SIGN_IN, "anonymous", "0"), *steps)
    new = story("one", steps[0], ("admin.stores.list", "admin", "0"), (OTHER, "admin", "40901"))

    (finding,) = compared(tmp_path, old, new).findings

    assert (finding.kind, finding.call) == (Kind.REFUSAL_CODE, OTHER)


@pytest.mark.parametrize("renewed_in", ["old", "new"])
def test_sign_in_that_was_renewed_in_one_run_is_no_finding(renewed_in: str, tmp_path: Path) -> None:
    plain = [(CALL, "admin", "0"), (OTHER, "admin", "0")]
    renewed = [(CALL, "admin", "401"), (SIGN_IN, "anonymous", "0"), *plain]
    old, new = (renewed, plain) if renewed_in == "old" else (plain, renewed)

    assert told(compared(tmp_path, story("one", *old), story("one", *new)).findings) == []


@pytest.mark.parametrize("marks", [("qb13d80d4c3", "q34ab7b4d44"), ("regress-bbhlzkvc", "regress-kfdtxwqn")])
def test_marks_in_actors_are_no_difference(marks: tuple[str, str], tmp_path: Path) -> None:
    old = story("one", (CALL, f"member {marks[0]}-buyer", "40001"))
    new = story("one", (CALL, f"member {marks[1]}-buyer", "40901"))

    assert len(compared(tmp_path, old, new).findings) == 1


def test_cases_of_one_recording_alone_are_told_and_no_finding(tmp_path: Path) -> None:
    old = [*ending("0"), exchange("old-one", call="admin.gone.get")]
    new = [*ending("0"), exchange("new-one", call="admin.fresh.get"), exchange("new-two", code="40001")]

    comparison = compared(tmp_path, old, new)

    assert told(comparison.findings) == []
    assert comparison.not_seen.calls_only_in_old == ["admin.gone.get"]
    assert comparison.not_seen.calls_only_in_new == ["admin.fresh.get"]
    assert len(comparison.not_seen.tests_only_in_new) == 2


def test_what_is_sent_is_no_finding(tmp_path: Path) -> None:
    sent = {"sent": {"kind": "json", "value": {"other": True}}, "path": "/v2/things", "query": [["a", "b"]]}

    assert told(compared(tmp_path, ending("0"), [line | sent for line in ending("0")]).findings) == []


def lists(seed: int, arrange: Callable[[list[Any]], list[Any]], tests: int = 6) -> Iterable[Line]:
    """Each test makes three things and lists them, and two tags in any order."""
    chance = chance_of(seed)
    for test in range(tests):
        ids = [str(chance.randrange(10**17, 10**18)) for _ in range(3)]
        for n, one in enumerate(ids):
            yield exchange(f"case-{test}", one, call="admin.things.create", n=n)
        rows = [{"id": one, "tags": chance.sample(["甲", "乙"], 2)} for one in arrange(ids)]
        yield exchange(f"case-{test}", rows, call=OTHER, n=3)


def test_list_in_reverse_is_found_though_its_ids_are_others(tmp_path: Path) -> None:
    (finding,) = compared(tmp_path, lists(1, list), lists(2, lambda ids: ids[::-1])).findings

    assert (finding.kind, finding.path, finding.new) == (Kind.ORDER, "data[]", "reversed")
    assert (finding.call, finding.rating, finding.exchanges) == (OTHER, Rating.BREAKING, 6)


def test_list_in_another_order_is_found(tmp_path: Path) -> None:
    (finding,) = compared(tmp_path, lists(1, list), lists(2, lambda ids: [ids[1], ids[2], ids[0]])).findings

    assert (finding.kind, finding.new) == (Kind.ORDER, "in another order")


@pytest.mark.parametrize("seed", range(8))
def test_list_in_the_same_order_is_no_finding(seed: int, tmp_path: Path) -> None:
    assert told(compared(tmp_path, lists(seed, list, 40), lists(seed + 50, list, 40)).findings) == []


def test_list_of_other_things_is_no_finding(tmp_path: Path) -> None:
    def fewer(ids: list[str]) -> list[str]:
        return ids[::-1][:2]

    assert told(compared(tmp_path, lists(1, list), lists(2, fewer)).findings) == []


@pytest.mark.parametrize("seed", range(8))
def test_plain_values_in_any_order_are_no_finding(seed: int, tmp_path: Path) -> None:
    def tags(seed: int) -> list[Line]:
        chance = chance_of(seed)
        return [exchange(f"case-{n}", {"tags": chance.sample(["甲", "乙"], 2)}) for n in range(30)]

    assert told(compared(tmp_path, tags(seed), tags(seed + 50)).findings) == []


def test_plain_values_in_reverse_are_found(tmp_path: Path) -> None:
    old, new = ([exchange(f"case-{n}", {"tags": list(tags)}) for n in range(10)] for tags in ("甲乙", "乙甲"))

    (finding,) = compared(tmp_path, old, new).findings

    assert (finding.kind, finding.path, finding.new) == (Kind.ORDER, "data.tags[]", "reversed")


def timed(
    seed: int, slow: float = 0.0, load: float = 1.0, samples: int = 80, calls: int = 5
) -> Iterable[Line]:
    """Calls of 3 to 60 ms with a long tail, and bursts of load; the first call takes `slow` longer."""
    chance = chance_of(seed)
    for test in range(samples // 2):
        burst = load * (chance.choice([1, 1, 1, 6]))
        for n in range(2 * calls):
            ms = burst * (3 + 8 * (n % calls)) * chance.lognormvariate(0, 0.7) + (
                slow if n % calls == 0 else 0
            )
            yield exchange(f"case-{test:03}", "ok", call=f"admin.c{n % calls}.get", n=n, ms=ms)


def test_slower_call_is_found_and_is_not_breaking(tmp_path: Path) -> None:
    comparison = compared(tmp_path, timed(1), timed(2, slow=250))

    (finding,) = comparison.findings
    assert (finding.kind, finding.rating, finding.call) == (Kind.SLOWER, Rating.SLOWER, "admin.c0.get")
    assert not comparison.is_broken


def test_faster_call_is_found(tmp_path: Path) -> None:
    (finding,) = compared(tmp_path, timed(1, slow=250), timed(2)).findings

    assert (finding.kind, finding.rating) == (Kind.FASTER, Rating.FASTER)


@pytest.mark.parametrize("load", [0.3, 1.0, 2.0, 6.0])
@pytest.mark.parametrize("seed", range(4))
def test_noise_and_load_are_no_finding(seed: int, load: float, tmp_path: Path) -> None:
    assert told(compared(tmp_path, timed(seed), timed(seed + 50, load=load)).findings) == []


def test_shift_below_the_floor_is_no_finding(tmp_path: Path) -> None:
    assert told(compared(tmp_path, timed(1), timed(2, slow=40)).findings) == []


def test_load_of_a_whole_run_is_told(tmp_path: Path) -> None:
    assert compared(tmp_path, timed(1), timed(2, load=6)).factor == pytest.approx(6, rel=0.5)


def test_slower_call_is_found_under_load(tmp_path: Path) -> None:
    (finding,) = compared(tmp_path, timed(1), timed(2, slow=250, load=2)).findings

    assert finding.kind is Kind.SLOWER


def test_few_samples_tell_nothing_unless_they_are_far_apart(tmp_path: Path) -> None:
    def lines(ms: list[float]) -> list[Line]:
        return [exchange(f"case-{n:02}", "ok", ms=one) for n, one in enumerate(ms)]

    near = compared(tmp_path, lines([5.0] * 19 + [300.0]), lines([250.0] * 20))
    apart = compared(tmp_path, lines([5.0] * 20), lines([250.0] * 20))
    fewer = compared(tmp_path, lines([5.0] * 9), lines([250.0] * 9))

    assert [told(one.findings) for one in (near, fewer)] == [[], []]
    assert near.not_seen.untimed == [CALL]
    assert [one.kind for one in apart.findings] == [Kind.SLOWER]
