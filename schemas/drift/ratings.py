"""The kinds of differences, and which of them break those who rely on the documents."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Rating(StrEnum):
    BREAKING = "breaking"
    ADDITIVE = "additive"


class Kind(StrEnum):
    """What differs; the value is its name in every report."""

    MISSING_TABLE = "missing table"
    EXTRA_TABLE = "extra table"
    MISSING_COLUMN = "missing column"
    EXTRA_COLUMN = "extra column"
    REQUIRED_EXTRA_COLUMN = "required extra column"
    TYPE = "type"
    WIDER_TYPE = "wider type"
    SHORTER = "shorter"
    LONGER = "longer"
    SCALE = "scale"
    NULLABLE = "nullable"
    NOT_NULL = "not null"
    DEFAULT = "default"
    ADDED_DEFAULT = "added default"
    ON_UPDATE = "on update"
    CHARSET = "charset"
    VALUE = "value"


RATINGS: Final[Mapping[Kind, tuple[Rating, str]]] = {
    Kind.MISSING_TABLE: (Rating.BREAKING, "what reads or writes it fails"),
    Kind.EXTRA_TABLE: (Rating.ADDITIVE, "nobody who knows the documents alone meets it"),
    Kind.MISSING_COLUMN: (Rating.BREAKING, "every row lacks a column that its schema requires"),
    Kind.EXTRA_COLUMN: (Rating.ADDITIVE, "the documented ones mean what they meant"),
    Kind.REQUIRED_EXTRA_COLUMN: (
        Rating.BREAKING,
        "NOT NULL without a default: a documented INSERT is refused",
    ),
    Kind.TYPE: (Rating.BREAKING, "another type, or one that holds less"),
    Kind.WIDER_TYPE: (Rating.ADDITIVE, "a type of the same kind that holds more"),
    Kind.SHORTER: (Rating.BREAKING, "a documented length is refused or cut off"),
    Kind.LONGER: (Rating.ADDITIVE, "all documented lengths fit"),
    Kind.SCALE: (Rating.BREAKING, "every decimal has another number of places than its schema takes"),
    Kind.NULLABLE: (Rating.BREAKING, "a row may have NULL where its schema refuses it"),
    Kind.NOT_NULL: (Rating.BREAKING, "the NULL that is documented is refused"),
    Kind.DEFAULT: (Rating.BREAKING, "another default, or none: a row gets another value, or is refused"),
    Kind.ADDED_DEFAULT: (Rating.ADDITIVE, "where the documents give none, every row brought its own value"),
    Kind.ON_UPDATE: (Rating.BREAKING, "a time stands still, or moves by itself"),
    Kind.CHARSET: (Rating.BREAKING, "not utf8mb4, nor as documented: an emoji is refused or lost"),
    Kind.VALUE: (Rating.BREAKING, "a value that is in the data and not in the documents' enumeration"),
}


def rating_of(kind: Kind, *, strict: bool = False) -> Rating:
    """How a difference is rated; strictly, each is breaking."""
    return Rating.BREAKING if strict else RATINGS[kind][0]


def rating_table() -> str:
    """The ratings, for a terminal."""
    return "\n".join(f"  {kind:<22} {rating:<9} {reason}" for kind, (rating, reason) in RATINGS.items())
