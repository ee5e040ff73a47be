"""What is random is told by the run's seed and the test's identity alone."""

import re

import pytest
from faker import Faker

from harness.marks import Stamp, stamp_of_seed, stamps_in
from harness.randomness import Randomness

MANY = 10_000


def drawn(seed: int, identity: str) -> list[str]:
    fake = Randomness(seed, identity).seeded(Faker("zh_CN"))
    return [fake.sentence() for _ in range(3)]


def test_same_seed_and_identity_draw_the_same() -> None:
    assert drawn(7, "some-case") == drawn(7, "some-case")


@pytest.mark.parametrize(("seed", "identity"), [(8, "some-case"), (7, "some-other-case")])
def test_another_seed_or_identity_draws_others(seed: int, identity: str) -> None:
    assert drawn(7, "some-case") != drawn(seed, identity)
    assert Randomness(7, "some-case").serial != Randomness(seed, identity).serial
    assert Randomness(7, "some-case").mark != Randomness(seed, identity).mark


def test_seeded_faker_forgets_what_was_drawn_before() -> None:
    fake = Faker("zh_CN")
    randomness = Randomness(7, "some-case")
    first = randomness.seeded(fake).sentence()

    fake.sentence()

    assert randomness.seeded(fake).sentence() == first


def test_seed_and_identity_do_not_run_together() -> None:
    assert Randomness(1, "1:x").mark != Randomness(11, ":x").mark
    assert Randomness(1, "2").mark != Randomness(12, "").mark


@pytest.mark.parametrize(
    "other",
    [Randomness(7, "some-case", Stamp("bbbbbbbbbc")), Randomness(7, "some-case", attempt=2)],
    ids=["run", "attempt"],
)
def test_what_must_be_new_on_a_platform_differs_by_run_and_attempt(other: Randomness) -> None:
    one = Randomness(7, "some-case")

    assert one.mark != other.mark
    assert one.serial != other.serial
    assert one.seeded(Faker("zh_CN")).sentence() == other.seeded(Faker("zh_CN")).sentence()


def test_marks_never_collide() -> None:
    marks = {Randomness(7, f"case-{number}").mark for number in range(MANY)}

    assert len(marks) == MANY
    assert all(stamps_in(mark) == {stamp_of_seed(7)} for mark in marks)


def test_serials_never_collide_and_are_digits() -> None:
    serials = {Randomness(7, f"case-{number}").serial for number in range(MANY)}

    assert len(serials) == MANY
    assert all(re.fullmatch("[1-9][0-9]{19}", serial) for serial in serials)
