"""The library of one-yuan products (一元购商品库) on the console: create, update, read (Y-01 to Y-03)."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

import pytest

from harness.cases import Area, Case, case, cases
from harness.checks import check_kept, check_outcome, check_refused, check_same, ids_of
from harness.clock import SECOND, SandboxClock
from harness.kinds.one_yuan import YUAN, OneYuanWorkshop, priced, prices
from harness.one_yuan import OneYuanGroups
from harness.profile import Profile

pytestmark = pytest.mark.one_yuan

LIBRARY = Area("管理后台", "一元购商品库")
LONG_AGO: Final = 946656000000
CENT: Final = Decimal("0.01")
LARGEST_EXACT_FLOAT: Final = 2**53


@cases("one_yuan_price")
def test_create_with_prices(case: Case, one_yuan_products: OneYuanWorkshop, profile: Profile) -> None:
    body = one_yuan_products.body({**priced(case.query, profile.one_yuan), **case.change})

    _check_created(body, case, one_yuan_products)


@cases("one_yuan_product_create")
def test_create(case: Case, one_yuan_products: OneYuanWorkshop) -> None:
    body = one_yuan_products.body(case.change)

    _check_created(body, case, one_yuan_products)


@cases("one_yuan_price_update")
def test_update_prices(case: Case, one_yuan_products: OneYuanWorkshop, profile: Profile) -> None:
    _check_updated({**priced(case.query, profile.one_yuan), **case.change}, case, one_yuan_products)


@cases("one_yuan_product_update")
def test_update(case: Case, one_yuan_products: OneYuanWorkshop) -> None:
    _check_updated(case.change, case, one_yuan_products)


@case(
    "one-yuan-price-sum-floats-miss",
    "Y-01",
    "二进制浮点算不出一元、十进制正好一元的金额，可以",
    story="新建商品的价格",
    severity="critical",
    area=LIBRARY,
)
def test_sum_is_decimal(one_yuan_products: OneYuanWorkshop, profile: Profile) -> None:
    subsidy = profile.one_yuan.subsidy_min
    amounts = next(made for made in _in_cents(subsidy) if _floats_miss(made))

    made = one_yuan_products.make(amounts)

    assert {key: made[key] for key in amounts} == amounts  # type: ignore[literal-required]


@case(
    "one-yuan-product-number-twice",
    "Y-04",
    "同一个商品 id 可以入库两次，得两条",
    story="新建商品",
    area=LIBRARY,
)
def test_number_may_stand_twice(one_yuan_products: OneYuanWorkshop) -> None:
    first = one_yuan_products.make()

    second = one_yuan_products.make({"productId": first["productId"]})

    assert second["productId"] == first["productId"]
    assert sorted(ids_of(one_yuan_products.within_mark())) == sorted([first["id"], second["id"]])


@case(
    "one-yuan-product-id",
    "C-06",
    "新建回答的 id 是十进制文字，后建的更大，也不取请求里的",
    story="新建商品",
    severity="critical",
    area=LIBRARY,
)
def test_ids_are_the_platform_s(one_yuan_products: OneYuanWorkshop) -> None:
    first = one_yuan_products.make()

    second = one_yuan_products.make({"id": first["id"]})

    assert all(type(row["id"]) is str and row["id"].isdecimal() for row in (first, second))
    assert int(second["id"]) > int(first["id"]) > LARGEST_EXACT_FLOAT
    check_same(first, one_yuan_products.read(first["id"]))


@case(
    "one-yuan-product-times",
    "T-03",
    "新建时 ctime 和 mtime 都是当时，请求里的不算",
    story="新建商品",
    area=LIBRARY,
)
def test_times_of_creation(one_yuan_products: OneYuanWorkshop, movable_clock: SandboxClock) -> None:
    movable_clock.advance(3 * SECOND)

    made = one_yuan_products.make({"ctime": LONG_AGO, "mtime": LONG_AGO})

    assert (made["ctime"], made["mtime"]) == (movable_clock.now(), movable_clock.now())


@case(
    "one-yuan-product-update-times",
    "T-03",
    "修改后 ctime 不变，mtime 前进，请求里的不算",
    story="修改商品",
    severity="critical",
    area=LIBRARY,
)
def test_update_moves_mtime_alone(one_yuan_products: OneYuanWorkshop, movable_clock: SandboxClock) -> None:
    made = one_yuan_products.make()
    movable_clock.advance(5 * SECOND)

    one_yuan_products.change(made, {"salesNum": 1, "ctime": LONG_AGO, "mtime": LONG_AGO})

    after = one_yuan_products.read(made["id"])
    assert (after["ctime"], after["mtime"]) == (made["ctime"], made["mtime"] + 5 * SECOND)


@case(
    "one-yuan-product-update-refused-times",
    "T-04",
    "被拒绝的修改不动 mtime",
    story="修改商品",
    area=LIBRARY,
)
def test_refused_update_leaves_mtime(one_yuan_products: OneYuanWorkshop, movable_clock: SandboxClock) -> None:
    made = one_yuan_products.make()
    movable_clock.advance(5 * SECOND)
    body = one_yuan_products.changed(one_yuan_products.writable(made), {"salesNum": 1, "needNum": 0})

    answer = one_yuan_products.admin.one_yuan_products.update(made["id"], body)

    check_refused(answer, "40001", "needNum")
    check_same(made, one_yuan_products.read(made["id"]))


@case(
    "one-yuan-product-update-only-it",
    "C-03",
    "修改只改路径里的商品，请求里的 id 被忽略",
    story="修改商品",
    severity="critical",
    area=LIBRARY,
)
def test_update_takes_the_path_s_id(one_yuan_products: OneYuanWorkshop) -> None:
    changed, other = one_yuan_products.make(), one_yuan_products.make()

    one_yuan_products.change(changed, {"id": other["id"], "salesNum": 77, "needNum": 7})

    after = one_yuan_products.read(changed["id"])
    assert (after["id"], after["salesNum"], after["needNum"]) == (changed["id"], 77, 7)
    check_same(other, one_yuan_products.read(other["id"]))


@case(
    "one-yuan-product-update-answer",
    "C-01",
    "修改成功的答复不带数据",
    story="修改商品",
    severity="minor",
    area=LIBRARY,
)
def test_update_answers_no_data(one_yuan_products: OneYuanWorkshop) -> None:
    made = one_yuan_products.make()

    answer = one_yuan_products.admin.one_yuan_products.update(made["id"], one_yuan_products.writable(made))

    assert answer.require_ok().data is None


@case(
    "one-yuan-product-update-open-group",
    "Y-05",
    "改商品的人数和金额，不动已经开的团",
    story="修改商品",
    severity="critical",
    area=LIBRARY,
)
def test_update_touches_no_open_group(one_yuan_groups: OneYuanGroups, profile: Profile) -> None:
    products = one_yuan_groups.products
    group = one_yuan_groups.open(products.make())
    before = one_yuan_groups.read(group)

    amounts = prices(Decimal("13.33"), profile.one_yuan.subsidy_max)
    products.change(group.product, {**amounts, "needNum": 9, "productName": f"改名{products.mark}"})

    check_same(before, one_yuan_groups.read(group))


def _check_created(body: dict[str, Any], case: Case, products: OneYuanWorkshop) -> None:
    answer = products.admin.one_yuan_products.create(body)

    check_outcome(answer, case)
    if answer.ok:
        check_kept(body, products.read(answer.require_data()), case, products.words)
    else:
        assert products.within_mark() == [], "被拒绝的新建留下了商品"


def _check_updated(changes: Any, case: Case, products: OneYuanWorkshop) -> None:
    before = products.make(case.given)
    body = products.changed(products.writable(before), changes)

    answer = products.admin.one_yuan_products.update(before["id"], body)

    check_outcome(answer, case)
    after = products.read(before["id"])
    if answer.ok:
        check_kept(body, after, case, products.words)
    else:
        check_same(before, after)


def _in_cents(subsidy: Decimal) -> Iterator[dict[str, str]]:
    """Amounts that come to one yuan exactly, for each price in cents that is inside (8, 15)."""
    return (prices(CENT * cents, subsidy) for cents in range(801, 1500))


def _floats_miss(amounts: dict[str, str]) -> bool:
    """Whether binary floating point finds these not to come to one yuan, however it adds them up."""
    price, back, subsidy, one = (*map(float, amounts.values()), float(YUAN))
    remainders = {price - back - subsidy, price - subsidy - back, price - (back + subsidy)}
    totals = {one + back + subsidy, back + subsidy + one, one + subsidy + back}
    return one not in remainders and price not in totals
