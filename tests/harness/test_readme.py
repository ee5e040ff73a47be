"""The README's lines are one product: the same in both languages, and what CI runs."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from harness.documents import read_yaml

PROJECT = Path(__file__).resolve().parents[2]
LANGUAGES = ("README.md", "README.zh-CN.md")
WAITS = {"status": "CANCELED", "payment": "REFUNDING"}
"""Where the order of a refund's notify stands when its case says nothing else (payment_refund.yaml)."""


DRAWINGS = pytest.mark.parametrize(
    ("drawing", "field"), [(0, "status"), (1, "payment"), (2, "group")], ids=["orders", "payments", "groups"]
)
ARROW = re.compile(r"^    (\w+) --> (\w+)$", re.MULTILINE)
ROW = re.compile(r"^\| (\w+) → (\w+) \|.*\| (`.*`) \|$", re.MULTILINE)


@pytest.mark.parametrize("shell", ["sh", "powershell", "yaml", "mermaid"])
def test_both_languages_have_the_same_lines(shell: str) -> None:
    english, chinese = (_blocks(name, shell) for name in LANGUAGES)

    assert [_code(block) for block in english] == [_code(block) for block in chinese]
    assert english


@pytest.mark.parametrize("name", LANGUAGES)
def test_each_quick_start_line_sets_everything_up(name: str) -> None:
    lines = [block for shell in ("sh", "powershell") for block in _blocks(name, shell)]

    assert len(lines) == 4
    assert all(
        word in line for line in lines for word in ("-m venv .venv", "-r requirements.txt", "-m pytest")
    )


@pytest.mark.skipif(shutil.which("bash") is None, reason="CI's script is for bash, which this machine lacks")
def test_ci_runs_the_readme_s_second_line() -> None:
    script = (PROJECT / ".ci" / "run").read_text("utf-8")
    extraction = next(line for line in script.splitlines() if line.startswith("readme_line="))

    shown = subprocess.run(  # noqa: S603 - a line of the project's own script
        ["bash", "-c", f'{extraction}\necho "$readme_line"'],  # noqa: S607 - whatever bash the machine has
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert shown.stdout.strip() == _blocks("README.md", "sh")[1]
    assert 'bash -c "$readme_line"' in script


@pytest.mark.parametrize("name", LANGUAGES)
def test_links_lead_to_files(name: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", (PROJECT / name).read_text("utf-8"))

    assert [link for link in links if not (PROJECT / link).exists()] == []
    assert links


@pytest.mark.parametrize("name", LANGUAGES)
def test_folders_of_the_table_are_there(name: str) -> None:
    folders = re.findall(r"^\| `([a-z]+)/` \|", (PROJECT / name).read_text("utf-8"), re.MULTILINE)

    assert len(folders) == 7
    assert all((PROJECT / folder).is_dir() for folder in folders)


@pytest.mark.parametrize("name", LANGUAGES)
@DRAWINGS
def test_arrows_drawn_are_those_of_the_cases(name: str, drawing: int, field: str) -> None:
    drawn = set(ARROW.findall(_blocks(name, "mermaid")[drawing]))

    assert drawn == set().union(*_arrows(field).values())


@pytest.mark.parametrize("name", LANGUAGES)
@DRAWINGS
def test_each_arrow_drawn_is_proved_by_the_case_it_names(name: str, drawing: int, field: str) -> None:
    drawn = ARROW.findall(_blocks(name, "mermaid")[drawing])
    named = {
        (start, end): re.findall("`([^`]+)`", ids)
        for start, end, ids in ROW.findall(_after_drawing(name, drawing))
    }

    assert named.keys() == set(drawn)
    wrong = [one for arrow, ids in named.items() for one in ids if arrow not in _arrows(field).get(one, ())]
    assert wrong == []


def _arrows(field: str) -> dict[str, set[tuple[str, str]]]:
    """By case, the arrow of the orders', the payments' or the groups' states that the case files expect."""
    cases = PROJECT / "data" / "cases"
    files = [*cases.glob("*_state.yaml"), cases / "payment_refund.yaml"]
    found = [case for path in files for case in read_yaml(path)["cases"] if field in case["expect"]]
    arrows = {case["id"]: (case.get("before", WAITS)[field], case["expect"][field]) for case in found}
    return {case_id: {arrow} for case_id, arrow in arrows.items() if arrow[0] != arrow[1]}


def _after_drawing(name: str, drawing: int) -> str:
    """The text from the end of a drawing to the next block or heading."""
    text = (PROJECT / name).read_text("utf-8")
    rest = text.split("```mermaid\n")[drawing + 1].split("```\n", 1)[1]
    return re.split(r"^(?:```|## )", rest, maxsplit=1, flags=re.MULTILINE)[0]


def _blocks(name: str, shell: str) -> list[str]:
    text = (PROJECT / name).read_text("utf-8")
    return [
        block.rstrip() for block in re.findall(rf"^```{shell}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    ]


def _code(block: str) -> str:
    """A block without the comments, which are in the page's own language."""
    return re.sub(r"\s+# .*", "", block)
