"""Products of the one-yuan purchase: prices that come to one yuan exactly, numbers that are nobody else's."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from faker import Faker

from clients import Redactor
from harness.clock import SandboxClock
from harness.kinds.one_yuan import OneYuanWorkshop, prices, written
from harness.known_ids import KnownIds
from harness.material import Material
from harness.platform import Platform, opened
from harness.profile_files import load_profile
from harness.randomness import Randomness
from tests.harness.projects import PROJECT


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Platform]:
    profile = load_profile("sandbox", PROJECT / "data" / "profiles", {})
    with opened(profile, "inprocess", Redactor()) as platform:
        yield platform


@pytest.fixture
def products(sandbox: Platform, request: pytest.FixtureRequest) -> OneYuanWorkshop:
    randomness = Randomness(7, request.node.nodeid)
    fake = randomness.seeded(Faker("zh_CN"))
    clock = SandboxClock(sandbox.sandbox)
    return OneYuanWorkshop(Material(sandbox.tenant(), clock, KnownIds(sandbox), fake, randomness))


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("8", "8.00"),
        ("8.1", "8.10"),
        ("8.01", "8.01"),
        ("14.999999", "14.999999"),
        ("14.900000", "14.90"),
        ("10", "10.00"),
        ("0", "0.00"),
        ("0.000001", "0.000001"),
        ("100.1230", "100.123"),
    ],
)
def test_amount_is_written_as_short_as_it_may_be(amount: str, text: str) -> None:
    assert written(Decimal(amount)) == text


@pytest.mark.parametrize("dis_price", ["8.000001", "8.01", "9.3", "14.99", "14.999999"])
@pytest.mark.parametrize("subsidy", ["3.00", "3.1", "5.55", "6.999999"])
@pytest.mark.parametrize("off", ["0", "0.000001", "-0.000001"])
def test_prices_come_to_one_yuan_or_off_it_by_what_is_asked(dis_price: str, subsidy: str, off: str) -> None:
    made = {name: Decimal(text) for name, text in prices(*map(Decimal, (dis_price, subsidy, off))).items()}

    assert made["disPrice"] - made["reappearance"] - made["subsidyAmount"] == Decimal(1) + Decimal(off)
    assert (made["disPrice"], made["subsidyAmount"]) == (Decimal(dis_price), Decimal(subsidy))


def test_numbers_of_a_test_are_its_own_and_fit_an_id(products: OneYuanWorkshop) -> None:
    numbers = [products.number() for _ in range(2000)]

    assert len(set(numbers)) == 2000
    assert all(number.isdecimal() and number[0] != "0" and int(number) < 2**63 for number in numbers)


def test_product_is_made_and_read_back(products: OneYuanWorkshop) -> None:
    made = products.make({"needNum": 5})

    assert (made["needNum"], products.mark in str(made["custName"])) == (5, True)
    assert made["disPrice"] == "12.80"


def test_change_keeps_what_it_does_not_name(products: OneYuanWorkshop) -> None:
    made = products.make()

    products.take_down(made)

    now = products.read(made["id"])
    assert now["pddTakenDown"] == 1
    assert {**now, "pddTakenDown": 0, "mtime": 0} == {**made, "mtime": 0}
