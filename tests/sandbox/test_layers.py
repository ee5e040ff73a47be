"""Who imports whom inside the sandbox: routes → rules → models → db; nothing else of the project."""

import ast
import sys
from pathlib import Path

import pytest

import sandbox

ROOT = Path(sandbox.__file__).parent
FILES = sorted(ROOT.rglob("*.py"))
THIRD_PARTY = {
    "faker",
    "flask",
    "jwt",
    "openpyxl",
    "pika",
    "PIL",
    "segno",
    "sqlalchemy",
    "werkzeug",
    "_typeshed",
}
FOUNDATION = {"sandbox.clock", "sandbox.ids", "sandbox.settings", "sandbox.db", "sandbox.faults.hook"}
MAY_IMPORT = {
    "routes": {
        "sandbox.routes",
        "sandbox.faults",
        "sandbox.releases",
        "sandbox.rules",
        "sandbox.models",
        "sandbox.seed",
        "sandbox.world",
    },
    "releases": {"sandbox.releases"},
    "faults": {"sandbox.faults", "sandbox.rules", "sandbox.models"},
    "rules": {"sandbox.rules", "sandbox.models"},
    "models": {"sandbox.models"},
    "seed": {"sandbox.seed", "sandbox.rules", "sandbox.models"},
}


def imports(file: Path) -> set[str]:
    tree = ast.walk(ast.parse(file.read_text("utf-8")))
    names = set()
    for node in tree:
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_module_imports_third_party_and_sandbox_only(file: Path) -> None:
    tops = {name.partition(".")[0] for name in imports(file)}
    assert tops <= THIRD_PARTY | {"sandbox"} | sys.stdlib_module_names


@pytest.mark.parametrize("layer", MAY_IMPORT)
def test_layer_imports_those_below_it_only(layer: str) -> None:
    for file in (ROOT / layer).rglob("*.py"):
        inner = {name for name in imports(file) if name.startswith("sandbox")}
        packages = {
            name if name in FOUNDATION else ".".join(name.split(".")[:2]) for name in inner - {"sandbox"}
        }
        assert packages <= MAY_IMPORT[layer] | FOUNDATION, file


@pytest.mark.parametrize("layer", ["faults", "releases", "rules", "models", "seed"])
def test_layer_knows_no_http(layer: str) -> None:
    for file in (ROOT / layer).rglob("*.py"):
        assert not {"flask", "werkzeug"} & {name.partition(".")[0] for name in imports(file)}, file
