"""Writes the JSON Schemas of the platform's tables from the documents that describe them.

    sources/*.md ──┐  documents, ddl        headings, rows, list items; CREATE TABLE statements
                   ├─ drafts                tables as the documents name them
    corrections ───┤  table_mends           each table once, under its own name
      .yaml        ├─ column_mends          each column once, with its type, enumeration and source
                   ├─ row_schema ── tables/<table>.json   the row in the database
                   └─ wire_schema ─ wire/<table>.json     the same row as JSON on the wire

The files in tables/ and wire/ are never edited by hand: a slip of a document is mended in corrections.yaml.
Nothing is written before everything is read, and both folders are replaced as a whole.
"""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from schemas.column_mends import ColumnMends
from schemas.corrections import read_corrections
from schemas.documents import read_documents
from schemas.drafts import draft_tables, status_lists
from schemas.output import differences, render, write
from schemas.problems import SourceProblem
from schemas.table_mends import mend_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.columns import Table
    from schemas.corrections import Corrections
    from schemas.documents import Document

DONE, DIFFERENT, UNUSABLE = 0, 1, 2
EPILOG = f"""exit codes: {DONE} written, or up to date; {DIFFERENT} --check found a difference;
{UNUSABLE} a source or a correction cannot be used, and nothing was written"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return _check(options.root) if options.check else _write(options.root)
    except (SourceProblem, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return UNUSABLE


def read_tables(root: Path) -> list[Table]:
    """Every table that the sources and corrections in `root` describe, in the documents' order."""
    return build_tables(read_documents(root), read_corrections(root))


def build_tables(documents: Sequence[Document], corrections: Corrections) -> list[Table]:
    """The documents' tables after the corrections, in their order."""
    tables = mend_tables(draft_tables(documents, corrections), corrections)
    return ColumnMends(tables, status_lists(documents, corrections)).apply(corrections)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m schemas.generate",
        description="Write tables/*.json (rows) and wire/*.json (the same as JSON on the wire)"
        " from sources/*.md and corrections.yaml.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; name each file and value that differs"
    )
    parser.add_argument(
        "--root",
        type=Path,
        default=Path(__file__).parent,
        metavar="DIR",
        help="the folder with sources/ and corrections.yaml (default: %(default)s)",
    )
    return parser


def _write(root: Path) -> int:
    tables = read_tables(root)
    write(root, render(tables))
    sys.stdout.write(f"{len(tables)} tables, written\n")
    return DONE


def _check(root: Path) -> int:
    tables = read_tables(root)
    lines = list(differences(root, render(tables)))
    if not lines:
        sys.stdout.write(f"{len(tables)} tables, up to date\n")
        return DONE
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.write(f"differences: {len(lines)}; python -m schemas.generate writes the files anew\n")
    return DIFFERENT


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(
                encoding="utf-8"
            )  # the titles are Chinese, a Windows console's default may not be
    sys.exit(main())
