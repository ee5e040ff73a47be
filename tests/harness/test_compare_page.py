"""The page of a comparison, opened from disk by the machine's own Chromium."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from harness.comparing.page import as_page
from tests.harness.compared import CALL, Row, compared, exchange, release
from tests.harness.pages import Window, browser, window


def changed(row: Row, number: int) -> None:
    row["amount"] = str(row["amount"])
    row["heat"] = number
    row["image"] = row["image"] if number % 3 else None


@pytest.fixture(scope="module")
def chromium(request: pytest.FixtureRequest) -> Iterator[Browser]:
    with browser(request.config) as program:
        yield program


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compare")
    old = [*release(1), exchange("alone", call="admin.old.get")]
    path = folder / "对比 1.html"
    path.write_text(as_page(compared(folder, old, release(2, changed))), "utf-8")
    return path


@pytest.fixture
def shown(file: Path, chromium: Browser) -> Iterator[Window]:
    with window(chromium, file) as found:
        found.page.goto(file.as_uri())
        found.page.locator("article").first.wait_for()
        yield found


def articles(page: Page) -> Locator:
    return page.locator("article")


def test_page_is_chinese_tells_all_and_asks_nobody(shown: Window) -> None:
    text = shown.text()

    assert all(
        word in text for word in ("版本对比", "破坏性 2", "兼容 1", "类型变化", "新增字段", "可能为 null")
    )
    assert all(word in text for word in (CALL, "data.amount", "integer", "E-01", "case-000"))
    assert (shown.logged, shown.asked) == ([], [])


def test_page_cannot_be_made_to_ask(shown: Window) -> None:
    shown.page.evaluate("fetch('http://127.0.0.1:9/').catch(() => null)")

    assert shown.asked == []
    assert any("Content Security Policy" in line for line in shown.logged)


def test_reader_filters_by_rating(shown: Window) -> None:
    shown.page.get_by_role("button", name="兼容 1").click()

    assert articles(shown.page).count() == 1
    assert "data.heat" in articles(shown.page).inner_text()
    shown.page.get_by_role("button", name="全部 3").click()
    assert articles(shown.page).count() == 3


def test_reader_filters_by_kind(shown: Window) -> None:
    shown.page.get_by_label("变化种类").select_option(label="类型变化")

    assert articles(shown.page).count() == 1
    assert "data.amount" in articles(shown.page).inner_text()


@pytest.mark.parametrize(
    ("words", "count"), [("HEAT", 1), ("data. e-01", 3), ("为 null", 1), ("case-000", 3), ("nowhere", 0)]
)
def test_reader_searches(words: str, count: int, shown: Window) -> None:
    shown.page.get_by_label("搜索").fill(words)

    assert articles(shown.page).count() == count
    assert ("没有符合筛选的变化" in shown.text()) is (count == 0)


def test_what_was_not_seen_is_folded(shown: Window) -> None:
    assert "admin.old.get" not in shown.text()
    shown.page.get_by_text("未见或未知").click()

    assert "只在旧录制里见到的接口：admin.old.get" in shown.text()


def test_page_of_no_change_says_so(tmp_path: Path, chromium: Browser) -> None:
    path = tmp_path / "same.html"
    path.write_text(as_page(compared(tmp_path, release(1), release(2))), "utf-8")

    with window(chromium, path) as found:
        found.page.goto(path.as_uri())
        found.page.get_by_text("没有发现变化").wait_for()


def test_names_are_shown_as_they_stand(tmp_path: Path, chromium: Browser) -> None:
    key = "</script><img src=x onerror=alert(1)>"
    old, new = ([exchange(f"case-{n}", {key: value}) for n in range(4)] for value in (1, "1"))
    path = tmp_path / "odd.html"
    path.write_text(as_page(compared(tmp_path, old, new)), "utf-8")

    with window(chromium, path) as found:
        found.page.goto(path.as_uri())
        found.page.locator("article").wait_for()

        assert f"data.{key}" in found.text()
        assert (found.logged, found.page.locator("img").count()) == ([], 0)
