"""The lines of a pull, and what a batch of them needs to know, looked up at once (Y-12)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from sandbox.db import Transaction
from sandbox.models import Member, MemberBenefits, OneYuanProduct, PlatformOrder, PlatformParameter
from sandbox.models.one_yuan import ORDER_SN
from sandbox.rules.bodies import optional, read_body, required
from sandbox.rules.kinds import Anything, Id, ListOf, Moment, Text, Whole, Word
from sandbox.rules.one_yuan_states import NORMAL, REFUNDED
from sandbox.rules.refusals import Refusal, absent, invalid

SN: Final = Text(ORDER_SN, blank=False)


@dataclass(frozen=True, kw_only=True)
class PullBody:
    orders: tuple[object, ...] = required(ListOf(Anything()))


@dataclass(frozen=True, kw_only=True)
class Line:
    order_sn: str = required(SN)
    platform_order_id: int = required(Id())
    param_id: int = required(Id())
    user_id: int = required(Id())
    goods_id: int = required(Id())
    order_amount: int = required(Whole(0))
    order_status: str = required(Word((NORMAL, REFUNDED)))
    group_id: int | None = optional(Id())
    pay_time: int = required(Moment())


@dataclass(frozen=True)
class Pulled:
    """A line, or why it is none; `order_sn` is None where it has none that could be one."""

    order_sn: str | None
    read: Line | Refusal


def read_pulled(given: object) -> Pulled:
    order_sn = given.get("orderSn") if isinstance(given, Mapping) else None
    try:
        return Pulled(order_sn, _read(given))
    except Refusal as refusal:
        return Pulled(order_sn if _could_be_sn(order_sn) else None, refusal)


def _read(given: object) -> Line:
    if not isinstance(given, Mapping):
        raise invalid("orders", "的每一项应为对象")
    return read_body(Line, given)


def _could_be_sn(given: object) -> bool:
    try:
        SN.read(given, "orderSn")
    except Refusal:
        return False
    return True


@dataclass(frozen=True)
class Buyer:
    """`is_new` is only a hint: who is new when a batch comes may be so no more at their line."""

    nick_name: str | None
    is_new: bool


class Ledger:
    """Parameters never change; products and members are those of the moment when the batch came."""

    def __init__(self, tx: Transaction, pulled: Sequence[Pulled]) -> None:
        lines = [each.read for each in pulled if isinstance(each.read, Line)]
        numbers = {line.order_sn for line in lines}
        known = select(PlatformOrder.order_sn).where(PlatformOrder.order_sn.in_(numbers))
        self._unknown = numbers - set(tx.scalars(known))
        wanted = PlatformParameter.id.in_({line.param_id for line in lines})
        self._parameters = {row.id: row for row in tx.scalars(select(PlatformParameter).where(wanted))}
        bought = {parameter.one_yuan_products_id for parameter in self._parameters.values()}
        products = select(OneYuanProduct).where(OneYuanProduct.id.in_(bought))
        self._products = {row.id: row for row in tx.scalars(products)}
        buyers = select(Member.id, Member.nick_name, MemberBenefits.is_new).join_from(
            Member, MemberBenefits, MemberBenefits.member_id == Member.id
        )
        members = tx.execute(buyers.where(Member.id.in_({line.user_id for line in lines})))
        self._buyers = {member_id: Buyer(name, bool(is_new)) for member_id, name, is_new in members}

    def known(self, tx: Transaction, order_sn: str) -> tuple[int, int | None] | None:
        """The id and group of the order that has the number. Only the first look spares the database one:

        whoever comes again has taken the order in, or lost it to another who has.
        """
        if order_sn in self._unknown:
            self._unknown.remove(order_sn)
            return None
        order = select(PlatformOrder.id, PlatformOrder.group_id).where(PlatformOrder.order_sn == order_sn)
        row = tx.execute(order).first()
        return None if row is None else (row.id, row.group_id)

    def parameter(self, param_id: int) -> PlatformParameter:
        if param_id not in self._parameters:
            raise absent("paramId 所指的平台参数")
        return self._parameters[param_id]

    def product(self, parameter: PlatformParameter) -> OneYuanProduct:
        return self._products[parameter.one_yuan_products_id or 0]

    def buyer(self, member_id: int) -> Buyer:
        if member_id not in self._buyers:
            raise absent("userId 所指的会员")
        return self._buyers[member_id]
