"""Who may import whom, over every module of the project; DESIGN.md has the same table in words."""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.harness.projects import PROJECT

OURS = {"benchmarks", "clients", "harness", "sandbox", "schemas", "tests"}
GENERATOR = (  # schemas.generate and what it uses: not the tools of schemas that read databases
    "schemas.column_mends schemas.columns schemas.corrections schemas.ddl schemas.documents schemas.drafts "
    "schemas.generate schemas.output schemas.problems schemas.row_schema schemas.table_mends "
    "schemas.wire_schema"
)
LAYERS_OF_SANDBOX = ("sandbox.db", "sandbox.models", "sandbox.rules", "sandbox.routes")
STARTS_THE_SANDBOX = "harness/platform.py"


@dataclass(frozen=True)
class Area:
    """Modules below a place; `third_party` None allows any."""

    place: str
    ours: frozenset[str]
    third_party: frozenset[str] | None = None


def area(place: str, ours: str, third_party: str | None = None) -> Area:
    allowed = None if third_party is None else frozenset(third_party.split())
    return Area(place, frozenset(ours.split()), allowed)


AREAS = (  # the first that fits
    area("tests/sandbox/", "sandbox tests.sandbox"),
    area("tests/harness/", "harness clients schemas benchmarks tests"),
    area("tests/", "harness clients tests"),
    area("conftest.py", "harness", "pytest"),
    area("clients/", "clients", "filelock requests urllib3"),
    area(
        "harness/",
        "harness clients",
        "PIL _pytest allure_commons attr dotenv faker hypothesis jsonschema jsonschema_rs jwt openpyxl pika "
        "pytest pytest_split referencing requests responses sqlalchemy yaml zxingcpp",
    ),
    area(
        "schemas/drift/",
        "harness clients schemas.columns schemas.drift schemas.problems schemas.row_schema",
        "yaml",
    ),
    area(
        "schemas/audit/",
        "harness clients schemas.audit",
        "jsonschema jsonschema_rs rich sqlalchemy",
    ),
    area("schemas/", GENERATOR, "jsonschema markdown_it referencing sqlglot yaml"),
    area("sandbox/", "sandbox", "PIL _typeshed faker flask jwt openpyxl pika segno sqlalchemy werkzeug"),
    area("benchmarks/", "harness clients schemas.audit benchmarks"),
)


@dataclass(frozen=True)
class Import:
    name: str
    line: int
    in_function: bool


def imports(source: str) -> Iterator[Import]:
    """All imports, late ones and those by name (`import_module`, `pytest_plugins`) too."""
    tree = ast.parse(source)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    late = {id(inner) for function in functions for inner in ast.walk(function)}
    for node in ast.walk(tree):
        for name in _names(node):
            yield Import(name, getattr(node, "lineno", 0), id(node) in late)


def violations(path: str, source: str) -> list[str]:
    """What a module at `path` (below the project) imports and may not, a line each."""
    found = next((area for area in AREAS if path.startswith(area.place)), None)
    if found is None:
        return [f"{path}: no area of AREAS has this place"]
    return [f"{path}:{one.line}: {one.name}" for one in imports(source) if not _allowed(path, found, one)]


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names]
    if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
        return _texts(node)
    if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytest_plugins":
        return _texts(node.value)
    return []


def _texts(node: ast.AST) -> list[str]:
    constants = [inner.value for inner in ast.walk(node) if isinstance(inner, ast.Constant)]
    return [value for value in constants if isinstance(value, str)]


def _allowed(path: str, found: Area, one: Import) -> bool:
    top = one.name.partition(".")[0]
    if top in sys.stdlib_module_names:
        return True
    if top == "sandbox" and path == STARTS_THE_SANDBOX:
        return one.in_function
    if top not in OURS:
        return found.third_party is None or top in found.third_party
    if not any(one.name == name or one.name.startswith(f"{name}.") for name in found.ours):
        return False
    return top != "sandbox" or _goes_down(path, one.name)


def _goes_down(path: str, name: str) -> bool:
    """Inside the sandbox: routes → rules → models → db."""
    own, other = (_layer(place) for place in (path.removesuffix(".py").replace("/", "."), name))
    return own is None or other is None or other <= own


def _layer(module: str) -> int | None:
    return next(
        (n for n, layer in enumerate(LAYERS_OF_SANDBOX) if f"{module}.".startswith(f"{layer}.")), None
    )


def modules() -> list[str]:
    folders = [PROJECT / name for name in sorted(OURS)]
    found = [*PROJECT.glob("*.py"), *(path for folder in folders for path in folder.rglob("*.py"))]
    return sorted(path.relative_to(PROJECT).as_posix() for path in found)


@pytest.mark.parametrize("place", [area.place for area in AREAS])
def test_modules_import_only_what_they_may(place: str) -> None:
    inside = [path for path in modules() if path.startswith(place)]

    found = [line for path in inside for line in violations(path, (PROJECT / path).read_text("utf-8"))]

    assert inside or place == "benchmarks/"
    assert found == []


def test_every_module_is_in_an_area() -> None:
    assert [path for path in modules() if not any(path.startswith(area.place) for area in AREAS)] == []


def test_only_one_place_starts_the_sandbox() -> None:
    starts = [
        path
        for path in modules()
        if not path.startswith(("sandbox/", "tests/sandbox/"))
        and any(
            one.name.partition(".")[0] == "sandbox"
            for one in imports(Path(PROJECT / path).read_text("utf-8"))
        )
    ]

    assert starts == [STARTS_THE_SANDBOX]


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("clients/transport.py", "import harness.cases"),
        ("clients/transport.py", "from sandbox.app import create_app"),
        ("clients/transport.py", "import httpx"),
        ("clients/admin/events.py", "import pytest"),
        ("harness/cases.py", "from sandbox import running"),
        ("harness/cases.py", "def late():\n    import sandbox"),
        ("harness/cases.py", "from tests.activities import life"),
        ("harness/cases.py", "import schemas.generate"),
        ("harness/cases.py", "import flask"),
        ("harness/platform.py", "import sandbox"),
        ("harness/platform.py", "class Late:\n    import sandbox"),
        ("sandbox/rules/events.py", "from harness.clock import HOUR"),
        ("sandbox/rules/events.py", "from clients.bodies import Event"),
        ("sandbox/rules/events.py", "import schemas"),
        ("sandbox/rules/events.py", "import requests"),
        ("sandbox/rules/events.py", "from sandbox.routes.answers import answer"),
        ("sandbox/rules/events.py", "from sandbox import routes"),
        ("sandbox/models/events.py", "import sandbox.rules.events"),
        ("sandbox/models/events.py", "def late():\n    from sandbox.rules import events"),
        ("sandbox/db.py", "from sandbox.models import Base"),
        ("schemas/generate.py", "from harness.documents import read_yaml"),
        ("schemas/generate.py", "import requests"),
        ("schemas/generate.py", "from schemas.drift.columns import NULL"),
        ("schemas/row_schema.py", "import schemas.drift"),
        ("schemas/drift/live.py", "from sandbox.db import Base"),
        ("schemas/drift/live.py", "import sqlglot"),
        ("conftest.py", "from clients import AdminClient"),
        ("conftest.py", 'pytest_plugins = ["harness.options", "sandbox.fixtures"]'),
        ("tests/test_event.py", "import sandbox"),
        ("tests/test_event.py", "if TYPE_CHECKING:\n    from sandbox.app import Sandbox"),
        ("tests/test_event.py", "from schemas.generate import main"),
        ("tests/harness/test_x.py", "def test():\n    import sandbox"),
        ("tests/harness/test_x.py", 'importlib.import_module("sandbox.app")'),
        ("tests/harness/test_x.py", '__import__("sandbox")'),
        ("tests/sandbox/test_x.py", "from harness.clock import HOUR"),
        ("tests/sandbox/test_x.py", "from tests.activities import life"),
        ("schemas/audit/pages.py", "import schemas.generate"),
        ("schemas/audit/pages.py", "import pytest"),
        ("benchmarks/default_run.py", "from sandbox import running"),
        ("benchmarks/default_run.py", "import schemas.generate"),
        ("elsewhere/module.py", "import json"),
    ],
)
def test_violation_is_seen(path: str, source: str) -> None:
    (told,) = violations(path, source)

    assert told.startswith(f"{path}:")


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("clients/transport.py", "import json, requests\nfrom clients.errors import Refused"),
        ("harness/platform.py", "def start():\n    import sandbox"),
        ("harness/cases.py", 'from clients import Answer\n"import sandbox"  # import sandbox'),
        (
            "sandbox/routes/admin/events.py",
            "import flask\nfrom sandbox.rules import events\nimport sandbox.db",
        ),
        ("sandbox/models/events.py", "from sandbox.db import Base\nfrom sandbox.models.mark import Mark"),
        ("tests/sandbox/test_x.py", "import sandbox\nfrom tests.sandbox.actors import Actor"),
        ("tests/harness/test_x.py", "import schemas.generate\nfrom harness.checks import same"),
        ("schemas/drift/live.py", "from harness.database import Database\nfrom clients import Redactor"),
        ("schemas/drift/learning.py", "from schemas.row_schema import typed\nimport schemas.drift.live"),
        ("conftest.py", 'import pytest\npytest_plugins = ["harness.options"]'),
    ],
)
def test_what_is_allowed_is_no_violation(path: str, source: str) -> None:
    assert violations(path, source) == []
