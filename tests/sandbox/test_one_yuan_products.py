"""Y-01 to Y-04: the product library."""

from typing import Any

import pytest

from tests.sandbox.actors import Actor
from tests.sandbox.bodies import HOUR, START, without
from tests.sandbox.conftest import Rows
from tests.sandbox.one_yuan import make_product, product_body

REQUIRED = ("startTime", "productId", "productName", "custName", "disPrice", "reappearance", "subsidyAmount")
OPTIONAL = ("endTime", "productImg", "custImg", "sort", "salesNum")
NAMES = ("productName", "custName")
PICTURES = ("productImg", "custImg")
DECIMALS = ("disPrice", "reappearance", "subsidyAmount")
NO_DECIMALS = (
    *(9.9, 9, True),
    *("", "9", "9.", "9.9", ".90", "+9.90", "-9.90", "9.90e0", "9.9000000", " 9.90", "9.90\n"),
    *("９.90", "NaN", "1" * 15 + ".00"),
)


def refused(admin: Actor, field: str, **changes: Any) -> bool:
    answer = admin.post("/one_yuan_products", product_body(**changes))
    return (answer.code, field in answer.message, answer.data) == ("40001", True, None)


def listed(actor: Actor, path: str, *ids: str, **query: Any) -> list[str]:
    """Those of the ids that the list shows, in its order."""
    return [row["id"] for row in actor.get(path, size=1000, **query).data if row["id"] in ids]


def test_created_product_is_its_row(admin: Actor, rows: Rows) -> None:
    body = product_body(endTime=START + HOUR, custImg="c", sort=3, salesNum=7, isShow=0, pddTakenDown=1)
    product_id = make_product(admin, **body)
    product = admin.get(f"/one_yuan_products/{product_id}").data
    assert product == {**body, "id": product_id, "ctime": START, "mtime": START}
    (row,) = rows("SELECT * FROM one_yuan_products WHERE id = ?", int(product_id))
    assert len(row) == len(product)
    assert (row["dis_price"], row["reappearance"], row["subsidy_amount"]) == (
        "9.900000",
        "3.900000",
        "5.000000",
    )
    assert (row["product_id"], row["ctime"], row["start_time"]) == (
        77001,
        "2026-06-01 10:00:00",
        "2026-06-01 09:00:00",
    )


def test_what_is_left_out_is_null_or_the_columns_default(admin: Actor, rows: Rows) -> None:
    product_id = make_product(admin, needNum=None, **dict.fromkeys(OPTIONAL))
    product = admin.get(f"/one_yuan_products/{product_id}").data
    assert {product[name] for name in OPTIONAL} == {None}
    assert (product["needNum"], product["isShow"], product["pddTakenDown"]) == (1, 1, 0)
    (row,) = rows("SELECT product_img FROM one_yuan_products WHERE id = ?", int(product_id))
    assert row == {"product_img": None}


def test_update_replaces_the_whole_object(admin: Actor, control: Actor) -> None:
    product_id = make_product(admin, sort=3, isShow=0, pddTakenDown=1, needNum=4)
    control.put("/clock", {"advanceMs": HOUR})
    body = without(product_body(custName="改名"), "productImg", "needNum")
    answer = admin.put(f"/one_yuan_products/{product_id}", {**body, "id": "1", "ctime": 1})
    assert (answer.code, answer.data) == ("0", None)
    product = admin.get(f"/one_yuan_products/{product_id}").data
    assert (product["custName"], product["productImg"], product["sort"]) == ("改名", None, None)
    assert (product["needNum"], product["isShow"], product["pddTakenDown"]) == (1, 1, 0)
    assert (product["id"], product["ctime"], product["mtime"]) == (product_id, START, START + HOUR)


def test_refused_update_changes_nothing(admin: Actor) -> None:
    product_id = make_product(admin)
    before = admin.get(f"/one_yuan_products/{product_id}").data
    answer = admin.put(f"/one_yuan_products/{product_id}", product_body(custName="改", disPrice="8.00"))
    assert answer.code == "40001"
    assert admin.get(f"/one_yuan_products/{product_id}").data == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *[(name, None) for name in REQUIRED],
        *[(name, value) for name in NAMES for value in ("", " ", 1, "x" * 256, "牙刷😀")],
        *[(name, value) for name in PICTURES for value in (1, "x" * 501, "😀")],
        *[(name, value) for name in ("isShow", "pddTakenDown") for value in (-1, 2, True, "1")],
        *[("needNum", value) for value in (0, -1, 1.0, "2", True)],
        *[(name, value) for name in ("sort", "salesNum") for value in (-1, "1", 2**31)],
        *[("productId", value) for value in (77001, "", "x", "0", str(2**63))],
        ("startTime", "2026-06-01"),
        ("endTime", START - HOUR),
        ("endTime", START - 2 * HOUR),
    ],
)
def test_wrong_field_is_40001_and_named(admin: Actor, field: str, value: Any) -> None:
    assert refused(admin, field, **{field: value})


@pytest.mark.parametrize("field", DECIMALS)
@pytest.mark.parametrize("value", NO_DECIMALS)
def test_decimal_is_a_string_of_two_to_six_places(admin: Actor, field: str, value: Any) -> None:
    assert refused(admin, field, **{field: value})


@pytest.mark.parametrize(
    ("price", "cashback", "subsidy", "field"),
    [
        ("8.00", "2.00", "5.00", "disPrice"),
        ("15.00", "9.00", "5.00", "disPrice"),
        ("7.999999", "1.999999", "5.00", "disPrice"),
        ("9.90", "5.91", "2.99", "subsidyAmount"),
        ("9.90", "5.900001", "2.999999", "subsidyAmount"),
        ("9.90", "1.899999", "7.000001", "subsidyAmount"),
        ("9.90", "3.89", "5.00", "reappearance"),
        ("9.90", "3.900001", "5.00", "reappearance"),
        ("8.00", "3.00", "2.00", "disPrice"),
        ("9.90", "3.00", "2.00", "subsidyAmount"),
    ],
)
def test_price_out_of_rule_is_refused_by_name(
    admin: Actor, price: str, cashback: str, subsidy: str, field: str
) -> None:
    assert refused(admin, field, disPrice=price, reappearance=cashback, subsidyAmount=subsidy)


@pytest.mark.parametrize(
    ("price", "cashback", "subsidy"),
    [
        ("8.000001", "2.000001", "5.00"),
        ("14.999999", "8.999999", "5.00"),
        ("9.90", "5.90", "3.00"),
        ("9.90", "1.90", "7.00"),
        ("10.30", "4.10", "5.20"),  # in binary the difference is not one
        ("8.10", "0.10", "7.00"),
    ],
)
def test_prices_at_the_bounds_are_kept_exactly(admin: Actor, price: str, cashback: str, subsidy: str) -> None:
    prices = {"disPrice": price, "reappearance": cashback, "subsidyAmount": subsidy}
    product_id = make_product(admin, **prices)
    assert {name: admin.get(f"/one_yuan_products/{product_id}").data[name] for name in prices} == prices


def test_decimal_is_answered_with_as_few_places_as_say_the_same(admin: Actor) -> None:
    product_id = make_product(admin, disPrice="0010.500000", reappearance="4.255000", subsidyAmount="5.2450")
    product = admin.get(f"/one_yuan_products/{product_id}").data
    assert [product[name] for name in DECIMALS] == ["10.50", "4.255", "5.245"]


def test_texts_have_the_lengths_of_their_columns(admin: Actor) -> None:
    texts = dict.fromkeys(NAMES, "名" * 255) | dict.fromkeys(PICTURES, "x" * 500)
    product = admin.get(f"/one_yuan_products/{make_product(admin, **texts)}").data
    assert {name: product[name] for name in texts} == texts


def test_two_products_may_be_of_one_shop_number(admin: Actor) -> None:
    assert make_product(admin) != make_product(admin)


@pytest.mark.parametrize("product_id", ["1", "x", "9" * 30])
def test_absent_product(admin: Actor, product_id: str) -> None:
    for answer in (
        admin.get(f"/one_yuan_products/{product_id}"),
        admin.put(f"/one_yuan_products/{product_id}", {}),
    ):
        assert (answer.code, answer.data) == ("40401", None)


def test_library_is_shared(other: Actor, admin: Actor) -> None:
    product_id = make_product(admin)
    assert other.get(f"/one_yuan_products/{product_id}").code == "0"
    assert listed(other, "/one_yuan_products/list", product_id) == [product_id]


def test_lists_sort_upwards_then_newest_first_then_by_id(admin: Actor, plain: Actor, control: Actor) -> None:
    unsorted, five, zero = make_product(admin), make_product(admin, sort=5), make_product(admin, sort=0)
    control.put("/clock", {"advanceMs": HOUR})
    newer = [make_product(admin, sort=5), make_product(admin, sort=5), make_product(admin)]
    ids = zero, newer[0], newer[1], five, newer[2], unsorted
    assert listed(admin, "/one_yuan_products/list", *ids) == list(ids)
    assert listed(plain, "/one_yuan/products", *ids) == list(ids)


@pytest.mark.parametrize(
    ("word", "hits"), [("牙", 1), ("ABC", 1), ("abc%", 1), ("%_", 0), ("brush", 0), ("", 2), ("😀", 0)]
)
def test_search_looks_into_both_names(admin: Actor, word: str, hits: int) -> None:
    ids = make_product(admin), make_product(admin, productName="x", custName="aBc%d")
    assert len(listed(admin, "/one_yuan_products/list", *ids, searchWord=word)) == hits


def test_lists_are_paged(admin: Actor, plain: Actor) -> None:
    for actor, path in ((admin, "/one_yuan_products/list"), (plain, "/one_yuan/products")):
        whole = actor.get(path, size=1000).data
        envelope = actor.get(path, page=2, size=1).envelope
        assert (envelope["total"], envelope["data"]) == (len(whole), whole[1:2])


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({}, True),
        ({"startTime": START}, True),
        ({"startTime": START + 1000}, False),
        ({"endTime": START + 1000}, True),
        ({"endTime": START}, False),
        ({"isShow": 0}, False),
        ({"pddTakenDown": 1}, False),
    ],
)
def test_mini_program_lists_what_is_on_offer_now(
    admin: Actor, plain: Actor, changes: dict[str, Any], shown: bool
) -> None:
    product_id = make_product(admin, **changes)
    assert (listed(plain, "/one_yuan/products", product_id) == [product_id]) is shown
    assert (plain.get(f"/one_yuan/products/{product_id}").code == "0") is shown
    assert listed(admin, "/one_yuan_products/list", product_id) == [product_id]


def test_product_of_the_list_is_its_columns(admin: Actor, plain: Actor) -> None:
    product_id = make_product(admin)
    (shown,) = (row for row in plain.get("/one_yuan/products", size=1000).data if row["id"] == product_id)
    assert shown == admin.get(f"/one_yuan_products/{product_id}").data
