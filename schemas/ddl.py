"""Tables from CREATE TABLE statements, parsed by sqlglot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError, SqlglotError

from schemas.columns import (
    INTEGER_TYPES,
    TEXT_TYPES,
    Column,
    ColumnType,
    Json,
    Table,
    known_types,
    read_type,
    type_of,
)
from schemas.problems import Place, SourceProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.documents import Script


def tables_of_script(script: Script) -> list[Table]:
    """The tables that a script creates, in its order."""
    try:
        statements = sqlglot.parse(script.sql, dialect="mysql")
    except SqlglotError as error:
        raise _unreadable(script, error) from None
    return [_table(script, statement) for statement in statements if statement is not None]


def _unreadable(script: Script, error: SqlglotError) -> SourceProblem:
    details = error.errors[0] if isinstance(error, ParseError) and error.errors else {}
    line = script.place.line + int(details.get("line") or 0)
    what = details.get("description") or "cannot be read"
    near = details.get("highlight") or ""
    return SourceProblem(Place(script.place.file, line), f"SQL: {what} at '{near}'", "mend the statement")


def _table(script: Script, statement: exp.Expr) -> Table:
    if not isinstance(statement, exp.Create) or not isinstance(statement.this, exp.Schema):
        raise SourceProblem(
            script.place, f"SQL: a statement that is {statement.key}", "keep CREATE TABLE statements only"
        )
    comment = statement.find(exp.SchemaCommentProperty)
    charset = statement.find(exp.CharacterSetProperty)
    table = statement.this.this
    columns = [part for part in statement.this.expressions if isinstance(part, exp.ColumnDef)]
    return Table(
        name=table.name,
        title=comment.this.name if comment else "",
        place=_place(script, table.this),
        knowledge="ddl",
        columns=tuple(
            _column(script, table.name, column, charset.name if charset else "") for column in columns
        ),
    )


def _column(script: Script, table: str, column: exp.ColumnDef, charset: str) -> Column:
    place = _place(script, column.this)
    kind = column.args.get("kind")
    try:
        column_type = type_of(kind) if kind else read_type("")
    except ValueError as error:
        raise SourceProblem(
            place, f"{table}.{column.name}: the type '{error}' is unknown", f"use one of {known_types()}"
        ) from None
    constraints = [constraint.kind for constraint in column.constraints]
    comments = [part.this.name for part in constraints if isinstance(part, exp.CommentColumnConstraint)]
    return Column(
        name=column.name,
        type=column_type,
        note="".join(comments),
        source="ddl",
        place=place,
        nullable=not any(_is_not_null(part) for part in constraints),
        annotations=_annotations(column_type, constraints) | _charset(column_type, constraints, charset),
    )


def _is_not_null(constraint: exp.Expr) -> bool:
    return isinstance(constraint, exp.NotNullColumnConstraint) and not constraint.args.get("allow_null")


def _annotations(column_type: ColumnType, constraints: Sequence[exp.Expr]) -> dict[str, Json]:
    annotations: dict[str, Json] = {}
    for constraint in constraints:
        if isinstance(constraint, exp.DefaultColumnConstraint):
            annotations.update(_default(column_type, constraint.this))
        elif isinstance(constraint, exp.OnUpdateColumnConstraint):
            annotations["x-on-update"] = _expression(constraint.this)
    return annotations


def _charset(column_type: ColumnType, constraints: Sequence[exp.Expr], of_table: str) -> dict[str, Json]:
    """Which characters survive in a text; the table's set, where the column has none of its own."""
    own = [part.name for part in constraints if isinstance(part, exp.CharacterSetColumnConstraint)]
    found = (own or [of_table])[0].lower()
    return {"x-charset": found} if found and column_type.name in TEXT_TYPES else {}


def _default(column_type: ColumnType, value: exp.Expr) -> dict[str, Json]:
    """JSON Schema's `default` is a value; one that the database computes stands in `x-default`."""
    if isinstance(value, exp.Null):
        return {"default": None}
    if isinstance(value, (exp.Literal, exp.Neg)):
        text = value.this if isinstance(value, exp.Literal) else value.sql(dialect="mysql")
        return {"default": int(text) if column_type.name in INTEGER_TYPES else text}
    return {"x-default": _expression(value)}


def _expression(value: exp.Expr) -> str:
    return value.sql(dialect="mysql").lower()


def _place(script: Script, node: exp.Expr) -> Place:
    return Place(script.place.file, script.place.line + int(node.meta.get("line", 0)))
