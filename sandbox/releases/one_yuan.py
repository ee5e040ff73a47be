"""Changes of how one-yuan products answer."""

from decimal import Decimal
from typing import Final

from sandbox.releases.hook import Answer, Kind, additive, breaking

PRICES: Final = ("disPrice", "reappearance", "subsidyAmount")


@additive(
    "GET /clt/one_yuan/products",
    kind=Kind.NUMBER_FORMAT,
    chinese="小程序一元购商品的价格写到四位小数（9.9000），数值不变，仍在约定的二至六位之内。",
)
def shown_prices_with_four_places(answer: Answer) -> None:
    """The mini-program's product prices have four places: the same numbers, written as C-08 allows."""
    for row in answer.rows:
        row |= {name: f"{Decimal(row[name]):.4f}" for name in PRICES}


@breaking(
    "GET /dab/one_yuan_products/{id}",
    kind=Kind.NUMBER_FORMAT,
    chinese="商品库中一件商品的价格去掉末尾的零（9.9），数值不变，少于约定的两位小数。",
)
def product_prices_without_zeros(answer: Answer) -> None:
    """A library product's prices end in no zero: the same numbers, with fewer places than C-08's two."""
    for row in answer.rows:
        row |= {name: row[name].rstrip("0").rstrip(".") for name in PRICES}
