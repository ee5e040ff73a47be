"""Documents' sections and scripts turned into tables, named as the documents name them, slips and all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.columns import NAME, Column, Table, known_types, read_type
from schemas.ddl import tables_of_script
from schemas.problems import SourceProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from schemas.corrections import Corrections, RepairedRow
    from schemas.documents import Document, Line, Row, Section


def draft_tables(documents: Iterable[Document], corrections: Corrections) -> list[Table]:
    """Every table of the documents, in their order, after the corrections of headings, lines and rows."""
    sections = [section for document in documents for section in document.sections]
    sections = _without_not_tables(sections, corrections)
    for section in sections:
        _refuse_bad_heading(section)
    _refuse_stray_text(sections, corrections)
    _refuse_unmatched_repairs(sections, corrections)
    tables = [_table(section, corrections.repaired_rows) for section in sections]
    tables += [
        table for document in documents for script in document.scripts for table in tables_of_script(script)
    ]
    for table in tables:
        _refuse_bad_names(table)
    return tables


def status_lists(documents: Iterable[Document], corrections: Corrections) -> Mapping[str, tuple[str, ...]]:
    """The values of each status list by its heading; an item reads 待支付 UNPAID."""
    headings = {entry.heading for entry in corrections.not_tables}
    return {
        section.heading: tuple(item.text.split()[-1] for item in section.items)
        for document in documents
        for section in document.sections
        if section.heading in headings and section.items
    }


def _without_not_tables(sections: list[Section], corrections: Corrections) -> list[Section]:
    headings = {section.heading for section in sections}
    for entry in corrections.not_tables:
        if entry.heading not in headings:
            raise entry.unmatched(f"no heading '{entry.heading}'")
    dropped = {entry.heading for entry in corrections.not_tables}
    return [section for section in sections if section.heading not in dropped]


def _refuse_stray_text(sections: list[Section], corrections: Corrections) -> None:
    found = {(section.heading, line.text): line for section in sections for line in _texts(section)}
    for entry in corrections.stray_lines:
        if not found.pop((entry.heading, entry.text), None):
            raise entry.unmatched(f"no line '{entry.text}' under '{entry.heading}'")
    for (heading, _), line in found.items():
        raise SourceProblem(
            line.place,
            f"{heading}: the line '{line.text}' is no row of a table",
            "mend the table, or drop the line under stray_lines",
        )


def _texts(section: Section) -> list[Line]:
    return [*section.items, *section.lines]


def _refuse_unmatched_repairs(sections: list[Section], corrections: Corrections) -> None:
    rows = {(section.name, row.cells) for section in sections for row in section.rows}
    for entry in corrections.repaired_rows:
        if (entry.table, tuple(entry.cells)) not in rows:
            raise entry.unmatched(f"{entry.table} has no row {' | '.join(entry.cells)}")


def _table(section: Section, repairs: Iterable[RepairedRow]) -> Table:
    mends = {tuple(entry.cells): entry for entry in repairs if entry.table == section.name}
    return Table(
        name=section.name,
        title=section.title,
        place=section.place,
        knowledge="documented" if section.rows else "named",
        columns=tuple(_column(section.name, row, mends.get(row.cells)) for row in section.rows),
    )


def _column(table: str, row: Row, repair: RepairedRow | None) -> Column:
    name, written, note = (repair.column, repair.type, repair.note) if repair else row.cells
    try:
        column_type = read_type(written)
    except ValueError:
        raise SourceProblem(
            repair.place if repair else row.place,
            f"{table}.{name}: the type '{written}' is unknown",
            f"use one of {known_types()}, or repair the row under repaired_rows",
        ) from None
    return Column(name, column_type, note, "doc", row.place)


def _refuse_bad_heading(section: Section) -> None:
    if not NAME.fullmatch(section.name):
        raise SourceProblem(
            section.place,
            f"the heading '{section.heading}' begins with no table's name",
            "write ### name title in snake_case, or list it under not_tables",
        )


def _refuse_bad_names(table: Table) -> None:
    parts: list[Table | Column] = [table, *table.columns]
    for part in parts:
        if not NAME.fullmatch(part.name):
            raise SourceProblem(
                part.place,
                f"{table.name}: '{part.name}' is no name in snake_case",
                "write a-z, 0-9 and _ only",
            )
