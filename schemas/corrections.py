"""corrections.yaml, read into one dataclass for each kind of entry.

The words it may use are in corrections.schema.json, which editors know too; a duplicate key, which YAML lets
pass, is refused here. Whether an entry still matches its document is for those who apply it to say.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from schemas.problems import Place, SourceProblem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from schemas.columns import Source

FILE = "corrections.yaml"
VOCABULARY = Path(__file__).with_name("corrections.schema.json")


@dataclass(frozen=True, slots=True)
class Entry:
    """What every entry has."""

    place: Place

    def unmatched(self, what: str) -> SourceProblem:
        """The error of an entry whose document has changed under it."""
        return SourceProblem(
            self.place, f"matches nothing: {what}", "take the entry out, or fit it to the document"
        )


@dataclass(frozen=True, slots=True)
class NotTable(Entry):
    heading: str


@dataclass(frozen=True, slots=True)
class StrayLine(Entry):
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class RepairedRow(Entry):
    table: str
    cells: Sequence[str]
    column: str
    type: str
    note: str


@dataclass(frozen=True, slots=True)
class RenamedTable(Entry):
    table: str
    title: str
    becomes: str


@dataclass(frozen=True, slots=True)
class RepeatedTable(Entry):
    table: str


@dataclass(frozen=True, slots=True)
class MergedTable(Entry):
    table: str
    title: str
    into: str
    mends: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class NamedColumn(Entry):
    """An entry that says no more than which column it is about."""

    column: str


@dataclass(frozen=True, slots=True)
class ChangedColumn(Entry):
    """A type or a note, before and after."""

    column: str
    was: str
    becomes: str


@dataclass(frozen=True, slots=True)
class KeptColumn(Entry):
    column: str
    type: str


@dataclass(frozen=True, slots=True)
class KnownColumns(Entry):
    table: str
    source: Source
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Enumeration(Entry):
    source: Source
    columns: Sequence[str]
    values: Sequence[int | str] = ()
    status_list: str = ""


@dataclass(slots=True)
class Corrections:
    """The whole file; a kind that it leaves out has no entries."""

    not_tables: list[NotTable] = field(default_factory=list)
    stray_lines: list[StrayLine] = field(default_factory=list)
    repaired_rows: list[RepairedRow] = field(default_factory=list)
    renamed_tables: list[RenamedTable] = field(default_factory=list)
    repeated_tables: list[RepeatedTable] = field(default_factory=list)
    merged_tables: list[MergedTable] = field(default_factory=list)
    repeated_columns: list[NamedColumn] = field(default_factory=list)
    retyped_columns: list[ChangedColumn] = field(default_factory=list)
    renoted_columns: list[ChangedColumn] = field(default_factory=list)
    kept_columns: list[KeptColumn] = field(default_factory=list)
    known_columns: list[KnownColumns] = field(default_factory=list)
    identifiers: list[NamedColumn] = field(default_factory=list)
    numbers: list[NamedColumn] = field(default_factory=list)
    enumerations: list[Enumeration] = field(default_factory=list)


ENTRY_CLASSES: Mapping[str, type[Entry]] = {
    "not_tables": NotTable,
    "stray_lines": StrayLine,
    "repaired_rows": RepairedRow,
    "renamed_tables": RenamedTable,
    "repeated_tables": RepeatedTable,
    "merged_tables": MergedTable,
    "repeated_columns": NamedColumn,
    "retyped_columns": ChangedColumn,
    "renoted_columns": ChangedColumn,
    "kept_columns": KeptColumn,
    "known_columns": KnownColumns,
    "identifiers": NamedColumn,
    "numbers": NamedColumn,
    "enumerations": Enumeration,
}


def read_corrections(root: Path) -> Corrections:
    """The corrections of `root`, each entry with its line."""
    try:
        text = (root / FILE).read_text(encoding="utf-8")
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
        content = yaml.SafeLoader("").construct_document(tree) if tree else {}
    except UnicodeDecodeError as error:
        raise SourceProblem(Place(FILE, 1), f"byte {error.start} is not UTF-8", "save it as UTF-8") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = Place(FILE, mark.line + 1 if mark else 1)
        raise SourceProblem(
            place, f"not YAML: {getattr(error, 'problem', error)}", "mend the syntax"
        ) from None
    _refuse_duplicate_keys(tree)
    _refuse_unknown_words(tree, content)
    return _build(tree, content)


def _build(tree: yaml.Node | None, content: Mapping[str, Any]) -> Corrections:
    corrections = Corrections()
    for kind, entries in content.items():
        entry_class = ENTRY_CLASSES[kind]
        places = [_place(tree, [kind, index]) for index in range(len(entries))]
        setattr(
            corrections,
            kind,
            [entry_class(place, **entry) for place, entry in zip(places, entries, strict=True)],
        )
    return corrections


def _refuse_unknown_words(tree: yaml.Node | None, content: Mapping[str, Any]) -> None:
    vocabulary = json.loads(VOCABULARY.read_text(encoding="utf-8"))
    error = best_match(Draft202012Validator(vocabulary).iter_errors(content))
    if error:
        where = ".".join(str(part) for part in error.absolute_path if isinstance(part, str)) or "the file"
        raise SourceProblem(
            _place(tree, error.absolute_path),
            f"{where}: {error.message}",
            f"{VOCABULARY.name} says what may stand here",
        )


def _refuse_duplicate_keys(tree: yaml.Node | None) -> None:
    for mapping in _mappings(tree):
        seen: set[str] = set()
        for key, _ in mapping.value:
            if key.value in seen:
                place = Place(FILE, key.start_mark.line + 1)
                raise SourceProblem(place, f"the key '{key.value}' stands twice", "join the two")
            seen.add(key.value)


def _mappings(node: yaml.Node | None) -> Iterator[yaml.MappingNode]:
    if isinstance(node, yaml.MappingNode):
        yield node
        for _, value in node.value:
            yield from _mappings(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _mappings(value)


def _place(tree: yaml.Node | None, path: Any) -> Place:
    """The line of the node at a path of keys and indexes, or of the last one on the way to it."""
    node = tree
    for part in path:
        node = _child(node, part) or node
    return Place(FILE, node.start_mark.line + 1 if node else 1)


def _child(node: yaml.Node | None, part: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == part), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
        value: yaml.Node = node.value[part]
        return value
    return None
