"""Schemas for what the documents only name, proposed from a live database as files to review."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from clients import DataError
from harness.showing import readable_json, shown_name
from schemas.columns import INTEGER_TYPES, TYPE_WORDS, Column, ColumnType, Json, Table
from schemas.drift.adopting import CORRECTIONS, Adoption, corrections_of
from schemas.drift.columns import NO_CHANGE, NO_DEFAULT, NULL, ColumnFacts, TableFacts, Tables
from schemas.drift.learned_types import foreign_schema, is_flag, told_as
from schemas.problems import Place
from schemas.row_schema import column_schema, enumerated, table_head, typed

KNOWN: Final = frozenset(TYPE_WORDS.values())
DATABASE: Final = Place("", 0)


@dataclass(frozen=True, slots=True)
class Learned:
    """Files by their name, and what is to be said of them."""

    files: dict[str, str]
    remarks: tuple[str, ...]

    def write(self, folder: Path) -> None:
        """Write them as a whole or not at all; raises `DataError`."""
        try:
            with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as temporary:
                made = Path(temporary, "made")
                made.mkdir()
                for name, content in self.files.items():
                    (made / name).write_text(content, encoding="utf-8", newline="\n")
                if folder.exists():
                    folder.rmdir()  # Windows renames to no folder that is there, empty or not
                shutil.move(made, folder)
        except OSError as error:
            raise DataError(f"{folder}: cannot be written: {error.strerror}") from None

    def lines(self, folder: Path) -> Iterator[str]:
        """What was learned, and how a file of it is adopted."""
        yield from self.remarks
        count = sum(name != CORRECTIONS for name in self.files)
        yield f"tables learned: {count}, in {folder}"
        if count:
            yield (
                f"to adopt a table: read its file, move its entry of {folder / CORRECTIONS} to"
                " schemas/corrections.yaml, and run python -m schemas.generate"
            )


def new_folder(folder: Path) -> Path:
    """The folder, if it is new or empty; raises `DataError`."""
    try:
        is_free = not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))
    except OSError as error:
        raise DataError(f"--learn {folder}: cannot be looked into: {error.strerror}") from None
    if not is_free:
        raise DataError(f"--learn {folder}: is there already, and not an empty folder")
    if not folder.absolute().parent.is_dir():
        raise DataError(f"--learn {folder}: there is no folder {folder.parent}")
    return folder.absolute()


def learn(documented: Tables, live: Tables, names: Iterable[str], *, is_sqlite: bool) -> Learned:
    """What the database knows of these tables beyond the documents."""
    files: dict[str, str] = {}
    remarks: list[str] = []
    absent = 0
    adoptions: list[Adoption] = []
    for table in (documented[name] for name in names if name in documented):
        if table.is_complete:
            continue
        found = live.get(table.name)
        if found is None:
            absent += 1
            continue
        new = [column for name, column in found.columns.items() if name not in table.columns]
        if not new:
            continue
        schemas: dict[str, Json] = {
            column.name: learned_column(column, is_sqlite=is_sqlite) for column in new
        }
        files[f"{table.name}.json"] = readable_json(_schema(table, found, schemas))
        remarks += _remarks(table.name, new, is_sqlite=is_sqlite)
        adoptions.append(Adoption(table.name, [one for one in new if is_known(one, is_sqlite=is_sqlite)]))
    if adoptions:
        files[CORRECTIONS] = corrections_of(adoptions)
    if absent:
        remarks.append(f"{absent} tables are not in the database: nothing is learned of them")
    return Learned(files, tuple(remarks))


def is_known(column: ColumnFacts, *, is_sqlite: bool) -> bool:
    """Whether the documents use this type too, and say all that its schema needs."""
    kind = column.type
    if is_sqlite and kind.name == "decimal":
        return False  # a number there, whatever was declared
    return kind.name in KNOWN and (kind.name != "decimal" or len(kind.arguments) == 2)


def learned_column(column: ColumnFacts, *, is_sqlite: bool) -> dict[str, Json]:
    """The schema of a column, by the same rules as those of the documents where they know its type."""
    made = Column(
        name=column.name,
        type=column.type,
        note=column.comment,
        source="learned",
        place=DATABASE,
        nullable=column.nullable is not False,
        role="plain" if is_flag(column) else "number",
        values=column.values,
        values_source="learned",
        annotations=_annotations(column),
    )
    written: dict[str, Json] = {"x-column-type": column.written}
    if is_known(column, is_sqlite=is_sqlite):
        return column_schema(made) | written
    schema: dict[str, Json] = {"description": made.note} if made.note else {}
    schema |= typed(made, foreign_schema(column)) | enumerated(made)
    return schema | dict(made.annotations) | written | {"x-source": made.source}


def _annotations(column: ColumnFacts) -> dict[str, Json]:
    annotations = _default(column.default or NO_DEFAULT, column.type)
    if column.on_update not in {None, NO_CHANGE}:
        annotations["x-on-update"] = column.on_update
    return annotations


def _default(sql: str, column_type: ColumnType) -> dict[str, Json]:
    if sql == NO_DEFAULT:
        return {}
    if sql == NULL:
        return {"default": None}
    if sql.startswith("'"):
        return {"default": sql[1:-1].replace("''", "'")}
    if sql.lstrip("-").replace(".", "", 1).isdecimal():
        return {"default": int(sql) if column_type.name in INTEGER_TYPES else sql}
    return {"x-default": sql}


def _schema(table: TableFacts, found: TableFacts, learned: dict[str, Json]) -> dict[str, Json]:
    title = table.title if table.title != table.name else found.title
    schema = table_head(Table(table.name, title, DATABASE, "learned"), "tables")
    known: dict[str, Json] = {name: dict(column.schema) for name, column in table.columns.items()}
    schema["properties"] = known | learned
    schema["required"] = list(found.columns)
    schema["additionalProperties"] = False
    return schema


def _remarks(table: str, columns: Sequence[ColumnFacts], *, is_sqlite: bool) -> Iterator[str]:
    for column in columns:
        if not is_known(column, is_sqlite=is_sqlite):
            taken = told_as(foreign_schema(column))
            yield (
                f"{table}.{shown_name(column.name)}: {column.written} is no type of the documents, its values"
                f" are taken as {taken}"
            )
