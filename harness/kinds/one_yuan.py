"""One-yuan products (一元购商品): their valid body, their prices, and the workshop that makes them."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import count
from typing import Any, Final

from faker import Faker

from clients import AdminClient, MemberClient
from clients.bodies import OneYuanProduct, OneYuanProductBody
from harness.builders import picture
from harness.case_words import WordContext, changed
from harness.clock import DAY, HOUR
from harness.material import Material
from harness.profile import OneYuanSettings
from harness.workshop import picked

YUAN: Final = Decimal(1)
DIS_PRICE: Final = Decimal("12.80")
SUBSIDY: Final = Decimal("5.00")
NEED_NUM: Final = 2
SERIAL_DIGITS: Final = 12
WHOLE_LIST: Final = 1000


def prices(dis_price: Decimal, subsidy: Decimal, off: Decimal = Decimal(0)) -> dict[str, str]:
    """The three amounts of a product that comes to one yuan (Y-01), or to `off` more."""
    reappearance = dis_price - subsidy - YUAN - off
    return {
        "disPrice": written(dis_price),
        "reappearance": written(reappearance),
        "subsidyAmount": written(subsidy),
    }


def priced(told: Mapping[str, str], settings: OneYuanSettings) -> dict[str, str]:
    """The amounts that a case tells of, around the platform's own settings.

    `dis_price`; `subsidy`, which is `min`, `max` or between them, and lies `subsidy_off` from there; what
    the three come to `over` one yuan. What is not told is as in a valid body.
    """
    bounds = {"min": settings.subsidy_min, "max": settings.subsidy_max}
    middle = (settings.subsidy_min + settings.subsidy_max) / 2
    subsidy = bounds.get(told.get("subsidy", ""), middle) + Decimal(told.get("subsidy_off", "0"))
    dis_price = Decimal(told["dis_price"]) if "dis_price" in told else DIS_PRICE
    return prices(dis_price, subsidy, Decimal(told.get("over", "0")))


def written(amount: Decimal) -> str:
    """As amounts travel: no more places than needed, at least two."""
    shortest = f"{amount.normalize():f}"
    places = len(shortest.partition(".")[2])
    return shortest if places >= 2 else f"{amount:.2f}"


def product_body(fake: Faker, mark: str, now: int, *, shop_number: str) -> OneYuanProductBody:
    """A product on offer since an hour, with every field of the contract filled; `mark` is in its names."""
    return {
        "needNum": NEED_NUM,
        "isShow": 1,
        "pddTakenDown": 0,
        "startTime": now - HOUR,
        "endTime": now + 7 * DAY,
        "productId": shop_number,
        "productImg": picture(fake, "goods"),
        "productName": f"{fake.color_name()}{fake.word()} {mark}",
        "custImg": picture(fake, "custom"),
        "custName": f"一元购{fake.word()} {mark}",
        "sort": fake.random_int(1, 900),
        "salesNum": fake.random_int(0, 9999),
        **prices(DIS_PRICE, SUBSIDY),  # type: ignore[typeddict-item]  # a mapping of three of its keys
    }


class OneYuanWorkshop:
    """Valid product bodies, and products made of them, under the test's own mark."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._numbers = count(100)

    @property
    def admin(self) -> AdminClient:
        return self._material.admin

    @property
    def words(self) -> WordContext:
        return self._material.words

    @property
    def mark(self) -> str:
        return self._material.randomness.mark

    def number(self) -> str:
        """A number of the shop's or of another system's that no other row of the test has."""
        return f"1{self._material.randomness.serial[:SERIAL_DIGITS]}{next(self._numbers)}"

    def body(self, changes: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """A valid body of a product of its own, changed as a case says."""
        made = self._material
        valid = product_body(made.fake, self.mark, made.clock.now(), shop_number=self.number())
        return self.changed(valid, changes or {})

    def make(self, changes: Mapping[str, Any] | None = None) -> OneYuanProduct:
        """Create a product and read it back."""
        return self.read(self.admin.one_yuan_products.create(self.body(changes)).require_data())

    def read(self, row_id: str) -> OneYuanProduct:
        return self.admin.one_yuan_products.get(row_id).require_data()

    def within_mark(self, caller: AdminClient | None = None) -> list[OneYuanProduct]:
        """All products that the test has made, in the order of the console's list."""
        calls = (caller or self.admin).one_yuan_products
        return calls.list(search_word=self.mark, page=1, size=WHOLE_LIST).require_data()

    def on_offer(self, caller: MemberClient) -> list[OneYuanProduct]:
        """Those of them that the mini-program shows, in its order; it has no search."""
        listed = caller.one_yuan_products.list(page=1, size=WHOLE_LIST).require_data()
        return [row for row in listed if self.mark in f"{row['productName']}{row['custName']}"]

    def change(self, product: OneYuanProduct, changes: Mapping[str, Any]) -> None:
        """A whole-object PUT of the product as it is now, with changes."""
        body = self.changed(self.writable(self.read(product["id"])), changes)
        self.admin.one_yuan_products.update(product["id"], body).require_ok()

    def take_down(self, product: OneYuanProduct) -> None:
        """The shop no longer sells it (商品在 PDD 下架)."""
        self.change(product, {"pddTakenDown": 1})

    def writable(self, row: OneYuanProduct) -> dict[str, Any]:
        """What a PUT of this row sends: the body without what the platform computes."""
        return picked(row, OneYuanProductBody)

    def changed(self, body: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
        """A copy of a body with a case's changes."""
        return changed(body, changes, self.words)
