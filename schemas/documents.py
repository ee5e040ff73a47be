"""The two documents, parsed by markdown-it-py into headings, rows, list items and SQL scripts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from schemas.problems import Place, SourceProblem

if TYPE_CHECKING:
    from pathlib import Path

COLUMN_HEADER = ("字段名", "类型", "备注")
TABLE_HEADING = "h3"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text that is neither a heading nor a row of a table."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a column table: name, type, note. GFM cuts what goes beyond the header's three cells."""

    place: Place
    cells: tuple[str, ...]


@dataclass(slots=True)
class Section:
    """A third-level heading, and what stands under it up to the next heading."""

    place: Place
    heading: str
    rows: list[Row] = field(default_factory=list)
    items: list[Line] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The heading's first word."""
        return self.heading.split()[0] if self.heading else ""

    @property
    def title(self) -> str:
        """What follows the name; a bare 表 (table) says nothing."""
        title = " ".join(self.heading.split()[1:])
        return "" if title == "表" else title


@dataclass(frozen=True, slots=True)
class Script:
    """An SQL code fence; `place` is the line of the fence itself, so the script starts one below."""

    place: Place
    sql: str


@dataclass(frozen=True, slots=True)
class Document:
    """One source file."""

    sections: tuple[Section, ...]
    scripts: tuple[Script, ...]


def read_documents(root: Path) -> list[Document]:
    """Every document in `root`/sources, by name."""
    paths = sorted((root / "sources").glob("*.md"))
    if not paths:
        raise SourceProblem(Place("sources", 1), "there is no document *.md", "copy the documents there")
    return [read_document(path) for path in paths]


def read_document(path: Path) -> Document:
    """Parse one document; the places in it name it by its path below the schemas folder."""
    file = f"sources/{path.name}"
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise SourceProblem(Place(file, 1), f"byte {error.start} is not UTF-8", "save it as UTF-8") from None
    tree = SyntaxTreeNode(MarkdownIt("commonmark").enable("table").parse(text))
    scripts = [
        Script(_place(file, node), node.content)
        for node in tree.walk()
        if node.type == "fence" and node.info.strip().lower() == "sql"
    ]
    return Document(tuple(_sections(file, tree)), tuple(scripts))


def _sections(file: str, tree: SyntaxTreeNode) -> list[Section]:
    sections: list[Section] = []
    current: Section | None = None
    for node in tree.children:
        if node.type == "heading":
            current = Section(_place(file, node), _text(node)) if node.tag == TABLE_HEADING else None
            sections += [current] if current else []
        elif current:
            _add(current, file, node)
        elif node.type == "table" and _header(node) == COLUMN_HEADER:
            raise SourceProblem(
                _place(file, node), "columns under no table's name", "give them a heading ### name title"
            )
    return sections


def _add(section: Section, file: str, node: SyntaxTreeNode) -> None:
    if node.type == "table":
        if _header(node) != COLUMN_HEADER:
            raise SourceProblem(
                _place(file, node),
                f"{section.name}: a table headed {' | '.join(_header(node))}",
                f"head a table of columns {' | '.join(COLUMN_HEADER)}",
            )
        section.rows += _rows(file, node)
    elif node.type == "bullet_list":
        section.items += [line for item in node.children for line in _lines(file, item)]
    else:
        section.lines += _lines(file, node)


def _header(table: SyntaxTreeNode) -> tuple[str, ...]:
    return tuple(_text(cell) for cell in table.children[0].children[0].children)


def _rows(file: str, table: SyntaxTreeNode) -> list[Row]:
    bodies = [child for child in table.children if child.type == "tbody"]
    return [
        Row(_place(file, row), tuple(_text(cell) for cell in row.children))
        for body in bodies
        for row in body.children
    ]


def _lines(file: str, node: SyntaxTreeNode) -> list[Line]:
    place = _place(file, node)
    texts = _text(node).splitlines() or [node.content.strip() or node.type]
    return [Line(Place(file, place.line + offset), text) for offset, text in enumerate(texts)]


def _text(node: SyntaxTreeNode) -> str:
    r"""The text of a node as a reader sees it: `organization\_id` is organization_id."""
    inlines = [child.token for child in node.walk() if child.type == "inline" and child.token]
    parts = [
        "\n" if token.type in {"softbreak", "hardbreak"} else token.content
        for inline in inlines
        for token in inline.children or []
    ]
    return "".join(parts).strip()


def _place(file: str, node: SyntaxTreeNode) -> Place:
    return Place(file, node.map[0] + 1 if node.map else 1)
