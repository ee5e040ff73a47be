"""A column's text as its characters alone, whatever charset and collation its table has."""

from sqlalchemy import ColumnElement, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class PlainText(FunctionElement[str]):
    """Compares with any word: a word may hold what a column of charset utf8 cannot, and accents count."""

    inherit_cache = True
    type = String()


@compiles(PlainText)
def _as_it_is(element: PlainText, compiler: SQLCompiler, **options: object) -> str:
    return compiler.process(_column(element), **options)


@compiles(PlainText, "mysql", "mariadb")
def _converted(element: PlainText, compiler: SQLCompiler, **options: object) -> str:
    return f"CONVERT({compiler.process(_column(element), **options)} USING utf8mb4) COLLATE utf8mb4_bin"


def _column(element: PlainText) -> ColumnElement[str]:
    (column,) = element.clauses
    return column
