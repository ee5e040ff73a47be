"""What the suites' test files name, read from their source without importing them."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from configparser import ConfigParser
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_PARAMETERS: Final[Mapping[str, tuple[str, ...]]] = {
    "case": ("case_id", "rule", "title"),
    "cases": ("file",),
}


@dataclass(frozen=True)
class Named:
    """One `@case` or `@cases` of a source, with those of its arguments that are plain text."""

    mark: str
    texts: Mapping[str, str]
    place: str


def suite_paths(root: Path) -> list[str]:
    """Where the project's suites are, by its pytest.ini."""
    ini = ConfigParser()
    ini.read(root / "pytest.ini", encoding="utf-8")
    return ini.get("pytest", "testpaths", fallback="").split()


def suite_files(root: Path, patterns: Iterable[str] = ()) -> list[Path]:
    """The test files at the patterns below `root`, as pytest reads `testpaths`; without any, all below it."""
    starts = [path for pattern in patterns for path in root.glob(pattern)] or [root]
    return sorted({file for start in starts for file in _files_at(start)})


def named_in(files: Iterable[Path]) -> tuple[list[Named], list[str]]:
    """All that the files name, and a line for each file that is not valid Python."""
    found: list[Named] = []
    mistakes: list[str] = []
    for path in files:
        try:
            found += _named_in_source(path.read_text(encoding="utf-8"), path)
        except (SyntaxError, ValueError) as error:
            line = error.lineno if isinstance(error, SyntaxError) else 1
            mistakes.append(f"{path}:{line}: not valid Python: {error}")
    return found, mistakes


def python_case_ids(files: Iterable[Path]) -> set[str]:
    """The ids of the tests that are Python alone."""
    return {found.texts["case_id"] for found in named_in(files)[0] if found.mark == "case"}


def _files_at(start: Path) -> Iterator[Path]:
    return start.rglob("test_*.py") if start.is_dir() else iter([start])


def _named_in_source(source: str, path: Path) -> Iterator[Named]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _PARAMETERS:
            names = _PARAMETERS[node.func.id]
            given = [
                *zip(names, node.args, strict=False),
                *((word.arg, word.value) for word in node.keywords),
            ]
            read = {name: _plain_text(value) for name, value in given if name in names}
            texts = {name: text for name, text in read.items() if name and text is not None}
            if names[0] in texts:
                yield Named(node.func.id, texts, f"{path}:{node.lineno}")


def _plain_text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
