"""What a comparison finds in the fields of answers, and that other data is no finding."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.comparing.findings import Rating
from tests.harness.compared import CALL, Line, Row, chance_of, compared, exchange, release, thing, told

Change = Callable[[Row, int], Any]


def added(row: Row, number: int) -> None:
    row["heat"] = number


def gone(row: Row, _number: int) -> None:
    del row["image"]


def gone_inside(row: Row, _number: int) -> None:
    for session in row["sessions"]:
        del session["place"]


def sometimes(row: Row, number: int) -> None:
    if number % 3 == 0:
        del row["image"]


def as_text(row: Row, _number: int) -> None:
    row["amount"] = str(row["amount"])


def with_fraction(row: Row, _number: int) -> None:
    row["amount"] += 0.5


def seconds(row: Row, _number: int) -> None:
    row["beginTime"] //= 1000


def iso(row: Row, _number: int) -> None:
    row["beginTime"] = "2026-06-01T10:00:00"


def id_as_uuid(row: Row, _number: int) -> None:
    row["id"] = row["uuid"]


def url_as_path(row: Row, _number: int) -> None:
    row["image"] = row["image"].partition(".test")[2]


def four_places(row: Row, _number: int) -> None:
    row["price"] += "00"


def without_zeros(row: Row, _number: int) -> None:
    row["price"] = row["price"].rstrip("0").rstrip(".")


def null_at_times(row: Row, number: int) -> None:
    if number % 4 == 0:
        row["image"] = None


def filled(row: Row, _number: int) -> None:
    row["owner"] = ""


def never_null(row: Row, _number: int) -> None:
    row["count"] = row["count"] or 0


def new_word(row: Row, number: int) -> None:
    if row["status"] == "OPEN" and number % 2 == 0:
        row["status"] = "OPENING"


def word_gone(row: Row, _number: int) -> None:
    if row["status"] == "DRAFT":
        row["status"] = "CLOSED"


FOUND: dict[Change, tuple[str, str, str, str]] = {
    added: ("field added", "data.heat", "absent", "integer"),
    gone: ("field gone", "data.image", "string", "absent"),
    gone_inside: ("field gone", "data.sessions[].place", "string", "absent"),
    sometimes: ("field not always there", "data.image", "always there", "left out in 20 of 60"),
    as_text: ("type", "data.amount", "integer", "string"),
    with_fraction: ("type", "data.amount", "integer", "number"),
    iso: ("type", "data.beginTime", "integer", "string"),
    four_places: ("more decimal places", "data.price", "decimal places: 2", "decimal places: 4"),
    null_at_times: ("nullable", "data.image", "never null", "null in 15 of 60"),
    filled: ("never null", "data.owner", "null in 60 of 60", "never null"),
    new_word: ("value added", "data.status", "CLOSED | DRAFT | OPEN", "OPENING"),
    word_gone: ("value gone", "data.status", "DRAFT", "CLOSED | OPEN"),
}
ADDITIVE: set[Change] = {added, four_places, filled, never_null}
FORMATS: dict[Change, tuple[str, str, str]] = {
    seconds: ("data.beginTime", "epoch milliseconds, as 1", "epoch seconds, as 1"),
    id_as_uuid: ("data.id", "id of digits, as 1", "UUID, as "),
    url_as_path: ("data.image", "URL, as https://img", "text, as /q"),
}


@pytest.mark.parametrize("change", FOUND, ids=lambda change: change.__name__)
def test_change_of_a_field_is_found(change: Change, tmp_path: Path) -> None:
    comparison = compared(tmp_path, release(1), release(2, change))

    kind, path, old, new = FOUND[change]
    assert told(comparison.findings) == [(kind, CALL, path, old, new)]
    (rating,) = {one.rating for one in comparison.findings}
    assert rating is (Rating.ADDITIVE if change in ADDITIVE else Rating.BREAKING)


@pytest.mark.parametrize("change", FORMATS, ids=lambda change: change.__name__)
def test_other_format_is_found_with_examples(change: Change, tmp_path: Path) -> None:
    (finding,) = compared(tmp_path, release(1), release(2, change)).findings

    path, old, new = FORMATS[change]
    assert (finding.kind, finding.path, finding.rating) == ("format", path, "breaking")
    assert finding.old.startswith(old)
    assert finding.new.startswith(new)


def test_fewer_places_are_found_though_some_values_have_as_many(tmp_path: Path) -> None:
    (finding,) = compared(tmp_path, release(1), release(2, without_zeros)).findings

    assert (finding.kind, finding.path, finding.old) == (
        "fewer decimal places",
        "data.price",
        "decimal places: 2",
    )
    assert finding.rating is Rating.BREAKING


def test_field_that_is_null_at_random_and_then_never_is_found(tmp_path: Path) -> None:
    (finding,) = compared(tmp_path, release(1), release(2, never_null)).findings

    assert (finding.kind, finding.path, finding.new) == ("never null", "data.count", "never null")


@pytest.mark.parametrize("seed", range(12))
def test_other_data_of_the_same_release_is_silent(seed: int, tmp_path: Path) -> None:
    tests = chance_of(seed).randrange(3, 200)

    assert (
        told(compared(tmp_path, release(seed, tests=tests), release(seed + 100, tests=tests)).findings) == []
    )


def test_changes_of_the_same_release_on_both_sides_are_silent(tmp_path: Path) -> None:
    assert told(compared(tmp_path, release(1, without_zeros), release(2, without_zeros)).findings) == []


def test_finding_names_how_many_saw_it_and_the_first_cases_and_rules(tmp_path: Path) -> None:
    (finding,) = compared(tmp_path, release(1), release(2, gone)).findings

    assert (finding.exchanges, finding.tests) == (60, 60)
    assert finding.cases == [f"case-00{number}" for number in range(5)]
    assert finding.rules == ["E-01"]


@pytest.mark.parametrize("change", [null_at_times, new_word, word_gone, sometimes])
def test_values_of_too_few_tests_are_no_finding(change: Change, tmp_path: Path) -> None:
    assert told(compared(tmp_path, release(1, tests=12), release(2, change, tests=12)).findings) == []


@pytest.mark.parametrize("change", [gone, as_text, seconds, added])
def test_shape_of_two_exchanges_is_no_finding_and_of_three_it_is(change: Change, tmp_path: Path) -> None:
    two = compared(tmp_path, release(1, tests=2), release(2, change, tests=2))
    three = compared(tmp_path, release(1, tests=3), release(2, change, tests=3))

    assert (len(two.findings), len(three.findings)) == (0, 1)


@pytest.mark.parametrize(("tests", "kinds"), [(5, ["value added", "value gone"]), (4, [])])
def test_words_that_are_all_others_need_five_tests(tests: int, kinds: list[str], tmp_path: Path) -> None:
    def lines(word: str) -> list[Line]:
        return [exchange(f"case-{n}", {"status": word}) for n in range(tests)]

    found = compared(tmp_path, lines("NONE"), lines("PAY_SUCCESS")).findings

    assert [one.kind for one in found] == kinds


def test_many_readings_of_one_null_are_one_test(tmp_path: Path) -> None:
    def lines(null: bool) -> list[Line]:
        rows = [{"id": "1", "image": None if null and test == 0 else "a b"} for test in range(20)]
        return [exchange(f"case-{test:02}", row, n=n) for test, row in enumerate(rows) for n in range(30)]

    assert told(compared(tmp_path, lines(null=False), lines(null=True)).findings) == []


def test_list_that_is_empty_in_one_release_loses_no_field(tmp_path: Path) -> None:
    def emptied(row: Row, _number: int) -> None:
        row["sessions"] = []

    assert told(compared(tmp_path, release(1), release(2, emptied)).findings) == []
    assert told(compared(tmp_path, release(1, emptied), release(2)).findings) == []


def test_field_that_is_rarely_there_is_not_gone(tmp_path: Path) -> None:
    def rare(row: Row, number: int) -> None:
        if number == 7:
            row["coupon"] = "x y"

    assert told(compared(tmp_path, release(1, rare), release(2)).findings) == []


def test_field_of_tests_that_failed_early_is_not_gone(tmp_path: Path) -> None:
    """Half of the tests make a second call, of another shape, which the new release's tests never reach."""

    def lines(seed: int, late: bool) -> list[Line]:
        chance = chance_of(seed)
        found = []
        for test in range(40):
            found.append(exchange(f"case-{test:02}", thing(chance, test)))
            if late and test % 2:
                found.append(exchange(f"case-{test:02}", thing(chance, test) | {"coupon": "x y"}, n=1))
        return found

    comparison = compared(tmp_path, lines(1, late=True), lines(2, late=False))

    assert told(comparison.findings) == []
    assert comparison.not_seen.unmatched == 20


def test_masked_and_empty_texts_have_no_format(tmp_path: Path) -> None:
    def hidden(row: Row, number: int) -> None:
        row["id"] = ("***", "")[number % 2]

    assert told(compared(tmp_path, release(1), release(2, hidden)).findings) == []


@pytest.mark.parametrize("keys", ["ids", "names", "uuids"])
def test_map_by_values_has_no_finding_for_each_key(keys: str, tmp_path: Path) -> None:
    def mapped(seed: int) -> Change:
        chance = chance_of(seed)
        makers: dict[str, Callable[[], str]] = {
            "ids": lambda: str(chance.randrange(10**18)),
            "names": lambda: "".join(chance.choice("东南西北中发白") for _ in range(6)),
            "uuids": lambda: f"{chance.getrandbits(32):08x}-1111-4222-8333-{chance.getrandbits(48):012x}",
        }
        return lambda row, number: row.update(counts={makers[keys](): 1 for _ in range(2)})

    assert told(compared(tmp_path, release(1, mapped(3)), release(2, mapped(4))).findings) == []


def test_field_below_a_map_is_told_once(tmp_path: Path) -> None:
    def mapped(seed: int, value: Any) -> Change:
        chance = chance_of(seed)
        return lambda row, number: row.update(counts={str(chance.randrange(10**18)): {"n": value}})

    comparison = compared(tmp_path, release(1, mapped(3, 1)), release(2, mapped(4, "1")))

    assert told(comparison.findings) == [("type", CALL, "data.counts.{}.n", "integer", "string")]


def test_file_that_is_a_text_now_is_another_type(tmp_path: Path) -> None:
    def lines(kind: str) -> list[Line]:
        value = {"bytes": 3, "sha256": "x", "base64": ""} if kind == "file" else "abc"
        return [exchange(f"case-{n}", answered={"kind": kind, "value": value}) for n in range(5)]

    comparison = compared(tmp_path, lines("file"), lines("text"))

    assert told(comparison.findings) == [("type", CALL, "(body)", "file", "text")]
