"""A mark tells its run and when it began; what only looks like a mark is none."""

import re

import pytest

from harness.marks import LETTERS, PREFIX, Stamp, stamp_of_run, stamp_of_seed, stamps_in

STARTED = 1_796_000_000_000
RUN = stamp_of_run(STARTED, "a run")
MARK = RUN.mark("abc123")


def test_mark_tells_its_run_and_when_it_began() -> None:
    (found,) = stamps_in(f"北京体验课 {MARK}_副本")

    assert found == RUN
    assert found.started == STARTED // 60_000 * 60_000


def test_mark_is_letters_that_make_no_word_and_no_number() -> None:
    assert re.fullmatch(f"{PREFIX}[{LETTERS}]{{20}}", MARK)
    assert not set(LETTERS) & set("aeiouy0123456789")


@pytest.mark.parametrize(
    "other",
    [stamp_of_run(STARTED, "another run"), stamp_of_run(STARTED + 60_000, "a run"), stamp_of_seed(7)],
    ids=["run", "minute", "seed"],
)
def test_no_two_runs_share_a_stamp(other: Stamp) -> None:
    assert other != RUN
    assert other.mark("abc123") != MARK


def test_stamp_of_a_seed_is_the_same_at_any_time() -> None:
    assert stamp_of_seed(7) == stamp_of_seed(7)
    assert stamp_of_seed(7) != stamp_of_seed(8)
    assert stamp_of_seed(7).started == 0


def test_search_that_ignores_case_finds_the_same_run() -> None:
    assert stamps_in(MARK.upper()) == {RUN}


def test_every_mark_of_a_text_is_found() -> None:
    other = stamp_of_run(STARTED, "another run")

    assert stamps_in(f"{MARK}{other.mark('7')} {MARK}") == {RUN, other}


@pytest.mark.parametrize("place", range(len(PREFIX), len(MARK)))
def test_text_that_differs_in_a_letter_is_no_mark(place: int) -> None:
    letter = "b" if MARK[place] != "b" else "c"

    assert stamps_in(MARK[:place] + letter + MARK[place + 1 :]) == set()


@pytest.mark.parametrize(
    "text", ["", PREFIX, MARK[:-1], MARK[1:], f"{PREFIX}{'b' * 20}", "regress the price"]
)
def test_text_that_is_no_mark_is_of_no_run(text: str) -> None:
    assert stamps_in(text) == set()
