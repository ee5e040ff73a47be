"""Pages of `--report`, opened from disk by a real browser that tells what it logs and asks for."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from harness.page.tools import NoPage, install, usable_node

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
INLINE = ("data:", "blob:")


@dataclass
class Window:
    """A window for a file; `logged` are the console's errors and warnings, `asked` is wanted from outside."""

    page: Page
    file: Path
    logged: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def text(self) -> str:
        return self.page.inner_text("body")


class Opened(Window):
    """One in which a page of `--report` is open."""

    def go(self, query: str = "") -> None:
        self.page.goto(f"{self.file.as_uri()}{query}")
        self.page.get_by_test_id("tree-leaf").or_(self.page.get_by_test_id("tree-section")).first.wait_for()


def need_page_tools(config: pytest.Config) -> None:
    """Skips where Node or the npm registry cannot be had, or fails if the run requires what it needs."""
    try:
        install(usable_node())
    except NoPage as problem:
        _absent(config, str(problem))


@contextmanager
def browser(config: pytest.Config) -> Iterator[Browser]:
    """The machine's own Chromium."""
    program = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if program is None:
        _absent(config, "没有 Chromium，无法打开报告页")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield opened
        opened.close()


@contextmanager
def window(browser: Browser, file: Path) -> Iterator[Window]:
    """For the file, for a reader whose system speaks English; nothing is open in it yet."""
    context = browser.new_context(locale="en-GB", viewport={"width": 1400, "height": 1000})
    shown = Window(context.new_page(), file)
    own = file.as_uri()
    shown.page.on(
        "console", lambda said: shown.logged.append(said.text) if said.type in {"error", "warning"} else None
    )
    shown.page.on("pageerror", lambda error: shown.logged.append(str(error)))
    shown.page.on(
        "request",
        lambda one: None if one.url.startswith((own, *INLINE)) else shown.asked.append(one.url),
    )
    yield shown
    context.close()


@contextmanager
def opened(browser: Browser, file: Path) -> Iterator[Opened]:
    """The file in a window of its own."""
    with window(browser, file) as made:
        shown = Opened(made.page, made.file, made.logged, made.asked)
        shown.go()
        yield shown


def _absent(config: pytest.Config, reason: str) -> None:
    if config.getoption("--require-services"):
        pytest.fail(reason)
    pytest.skip(reason)
