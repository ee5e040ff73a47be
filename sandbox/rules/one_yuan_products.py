"""The product library of the one-yuan purchase (Y-01 to Y-04), shared by all organizations (C-14)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, case, or_, select

from sandbox.db import Transaction
from sandbox.models import OneYuanProduct
from sandbox.models.one_yuan import PICTURE
from sandbox.rules.bodies import defaulted, fill, optional, read_body, required
from sandbox.rules.kinds import Id, Moment, Places, Text, Whole
from sandbox.rules.listing import Page, Paging, matching, page_of
from sandbox.rules.refusals import absent, invalid
from sandbox.settings import ONE_YUAN_SUBSIDY

HANDS_OUT: Final = Decimal(1)  # what the buyer has paid in the end
PRICES: Final = (Decimal(8), Decimal(15))
NAME: Final = Text(255, blank=False, bmp=True)
ADDRESS: Final = Text(PICTURE, bmp=True)
YES_OR_NO: Final = Whole(0, 1)


@dataclass(frozen=True, kw_only=True)
class ProductBody:
    need_num: int = defaulted(Whole(1), 1)
    is_show: int = defaulted(YES_OR_NO, 1)
    pdd_taken_down: int = defaulted(YES_OR_NO, 0)
    start_time: int = required(Moment())
    end_time: int | None = optional(Moment())
    product_id: int = required(Id())
    product_img: str | None = optional(ADDRESS)
    product_name: str = required(NAME)
    cust_img: str | None = optional(ADDRESS)
    cust_name: str = required(NAME)
    dis_price: Decimal = required(Places())  # noqa: RUF009 - as immutable as the rest
    reappearance: Decimal = required(Places())  # noqa: RUF009 - as immutable as the rest
    subsidy_amount: Decimal = required(Places())  # noqa: RUF009 - as immutable as the rest
    sort: int | None = optional(Whole(0))
    sales_num: int | None = optional(Whole(0))


def read_product(given: dict[str, Any]) -> ProductBody:
    body = read_body(ProductBody, given)
    if body.end_time is not None and body.end_time <= body.start_time:
        raise invalid("endTime", "应晚于开始时间")
    low, high = PRICES
    if not low < body.dis_price < high:  # Y-02
        raise invalid("disPrice", f"应大于 {low} 且小于 {high}")
    least, most = ONE_YUAN_SUBSIDY
    if not least <= body.subsidy_amount <= most:  # Y-03
        raise invalid("subsidyAmount", f"应在 {least} 和 {most} 之间")
    if body.dis_price - body.reappearance - body.subsidy_amount != HANDS_OUT:  # Y-01
        raise invalid("reappearance", "应使券后价-返现-补贴恰为 1 元")
    return body


def create_product(tx: Transaction, body: ProductBody) -> OneYuanProduct:
    product = OneYuanProduct(id=tx.new_id())
    fill(product, body)
    tx.add(product)
    return product


def find_product(tx: Transaction, product_id: int | None) -> OneYuanProduct:
    product = tx.get(OneYuanProduct, product_id or 0)
    if product is None:
        raise absent("商品")
    return product


def update_product(tx: Transaction, product_id: int | None, given: dict[str, Any]) -> None:
    """The whole object; no group that is open already changes with it."""
    product = find_product(tx, product_id)
    fill(product, read_product(given))


def list_products(tx: Transaction, word: str | None, paging: Paging) -> Page[OneYuanProduct]:
    columns = (OneYuanProduct.product_name, OneYuanProduct.cust_name)
    found = select(OneYuanProduct).where(or_(*(matching(column, word) for column in columns)))
    return page_of(tx, _sorted(found), paging)


def list_shown_products(tx: Transaction, paging: Paging) -> Page[OneYuanProduct]:
    return page_of(tx, _sorted(select(OneYuanProduct).where(_is_listed(tx))), paging)


def find_shown_product(tx: Transaction, product_id: int | None) -> OneYuanProduct:
    """One that the mini-program's list shows."""
    shown = select(OneYuanProduct).where(OneYuanProduct.id == (product_id or 0), _is_listed(tx))
    product = tx.scalars(shown).one_or_none()
    if product is None:
        raise absent("商品")
    return product


def is_on_offer(product: OneYuanProduct) -> bool:
    return product.is_show == 1 and not product.pdd_taken_down


def is_in_time(product: OneYuanProduct, now: int) -> bool:
    return product.start_time <= now and (product.end_time is None or now < product.end_time)


def _is_listed(tx: Transaction) -> ColumnElement[bool]:
    """Y-04: on offer and in time."""
    model = OneYuanProduct
    unended = or_(model.end_time.is_(None), model.end_time > tx.now)
    return (model.is_show == 1) & (model.pdd_taken_down == 0) & (model.start_time <= tx.now) & unended


def _sorted(products: Select[OneYuanProduct]) -> Select[OneYuanProduct]:
    model = OneYuanProduct
    unsorted_last = case((model.sort.is_(None), 1), else_=0)
    return products.order_by(unsorted_last, model.sort, model.ctime.desc(), model.id)
