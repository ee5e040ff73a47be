"""The page as a reader meets it: opened from disk by Chromium, after three runs on canned answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.harness.pages import Opened, browser, need_page_tools, opened
from tests.harness.projects import Project, case_entry, output
from tests.harness.stub_platform import answering, closed_port, envelope, page

SECRETS = {
    "DAB_ADMIN_USERNAME": "boss",
    "DAB_ADMIN_PASSWORD": "pa55word-of-boss",
    "CLT_PLAIN_CODE": "code-of-member",
}
BUILD = {
    "GITHUB_SERVER_URL": "https://ci.example.test",
    "GITHUB_REPOSITORY": "team/regression",
    "GITHUB_RUN_ID": "77",
    "GITHUB_RUN_NUMBER": "12",
    "GITHUB_WORKFLOW": "regression",
}
SUITE = """
from pathlib import Path
from harness.checks import check_same

@cases("fine")
def test_fine(case: Case, admin: AdminClient) -> None:
    admin.stores.list(page=1, size=1).require_ok()

@cases("broken")
def test_broken(case: Case, admin: AdminClient) -> None:
    admin.channels.list()

@cases("refused")
def test_refused(case: Case, admin: AdminClient) -> None:
    admin.events.create({"name": "x"}).require_ok()

@cases("unreachable")
def test_unreachable(case: Case, member) -> None:
    member.me()

@cases("changing")
def test_changing(case: Case, admin: AdminClient) -> None:
    check_same({"name": "old"}, {"name": Path("now").read_text()})

@case("harness-error", "C-03", "用例自己出错", area=AREA, story="别的故事")
def test_harness_error() -> None:
    raise ValueError("不是断言")
"""
RULES = {"fine": "C-02", "broken": "C-01", "refused": "E-01", "unreachable": "C-04", "changing": "C-03"}


@dataclass(frozen=True)
class Made:
    """What the last of three runs has said, and its page; `changing-one` failed in the second alone."""

    result: pytest.RunResult
    file: Path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Made:
    need_page_tools(request.config)
    project = Project(tmp_path_factory.mktemp("page"))
    for name, rule in RULES.items():
        project.cases(name, case_entry(f"{name}-one", title=f"用例 {name}", rule=rule))
    project.tests("some", SUITE)
    routes = {
        "POST /dab/tenants/login": envelope("0", "ok", {"token": "token-of-boss-0123456789"}),
        "GET /dab/event/list": page(),
        "GET /dab/organizations/store_list": page(),
        "GET /dab/channel/list": page({"id": 7, "name": None, "note": "答复里的一句话"}),
        "POST /dab/event": envelope("40001", "name is not allowed"),
    }
    with answering(envelope("0", "ok"), routes=routes) as url, closed_port() as closed:
        wechat = {"app_id": "wx1", "codes": {"plain": {"code_env": "CLT_PLAIN_CODE"}}}
        project.profile("real", urls__admin=f"{url}/dab", urls__member=f"{closed}/clt", wechat=wechat)
        for now in ("old", "new", "old"):
            project.write("now", now)
            arguments = ("--profile=real", "--seed=77", "--report=a folder/报告 1.html")
            result = project.run(*arguments, **SECRETS, **BUILD)
    return Made(result, project.root / "a folder" / "报告 1.html")


@pytest.fixture(scope="module")
def chromium(request: pytest.FixtureRequest) -> Iterator[Browser]:
    with browser(request.config) as program:
        yield program


@pytest.fixture
def shown(made: Made, chromium: Browser) -> Iterator[Opened]:
    with opened(chromium, made.file) as found:
        yield found


def test_run_tells_where_the_page_is_and_keeps_its_exit_code(made: Made) -> None:
    assert made.result.ret == 10  # the mini-program cannot be reached
    assert f"报告页 page: {made.file}" in output(made.result)
    assert sorted(path.name for path in made.file.parent.iterdir()) == ["报告 1.history.jsonl", "报告 1.html"]


def test_page_is_chinese_and_asks_nobody(shown: Opened) -> None:
    text = shown.text()

    assert all(word in text for word in ("营销平台接口回归", "结果", "失败", "管理后台"))
    shown.page.get_by_text("用例 broken").first.click()
    shown.page.get_by_test_id("test-result-error").first.wait_for()
    assert (shown.logged, shown.asked) == ([], [])


def test_page_names_no_host_of_its_makers(made: Made) -> None:
    html = made.file.read_text("utf-8")

    assert "googletagmanager" not in html
    assert "gtag(" not in html
    assert "Content-Security-Policy" in html


def test_page_cannot_be_made_to_ask(shown: Opened) -> None:
    shown.page.evaluate("fetch('http://127.0.0.1:9/').catch(() => null)")

    assert shown.asked == []
    assert any("Content Security Policy" in line for line in shown.logged)


def test_failing_case_shows_its_evidence(shown: Opened) -> None:
    shown.page.get_by_text("用例 broken").first.click()
    for name in ("请求", "响应", "curl"):
        shown.page.get_by_test_id("test-result-attachment-header").filter(has_text=name).first.click()
    shown.page.get_by_text("答复里的一句话").first.wait_for()
    shown.page.get_by_text("GET http://").first.wait_for()
    text = shown.text()

    assert "答复不符合 JSON Schema：admin.channels.list" in text
    assert "data[0].id: 7 is not of type 'string'" in text
    assert "data[0]: 'organizationId' is a required property" in text
    assert "X-Token: ***" in text
    assert "curl -sS" in text
    assert "Schema 不符" in text
    assert "成功响应为 HTTP 200" in _of_frames(shown)


def test_reader_can_change_the_language(shown: Opened) -> None:
    shown.page.get_by_text("Zh", exact=True).click()
    shown.page.get_by_text("English", exact=True).click()
    shown.page.get_by_text("Results").first.wait_for()

    assert all(word in shown.text() for word in ("Results", "Failed", "Categories"))


def test_tests_are_grouped_by_epic_feature_and_story(shown: Opened) -> None:
    titles = shown.page.get_by_test_id("tree-section-title").all_inner_texts()

    assert sorted(titles) == sorted(["管理后台", "活动", "试写", "别的故事"])


def test_tests_are_grouped_by_rule_at_a_click(shown: Opened) -> None:
    shown.page.get_by_text("按规则 Rules").click()
    shown.page.get_by_text("E-01 新建和更新活动").wait_for()
    titles = shown.page.get_by_test_id("tree-section-title").all_inner_texts()

    assert sorted(title.split()[0] for title in titles) == ["C-01", "C-02", "C-03", "C-04", "E-01"]
    shown.page.get_by_text("按功能 Features").click()
    shown.page.get_by_text("试写").first.wait_for()


def test_failures_are_sorted_by_their_kind(shown: Opened) -> None:
    shown.page.get_by_test_id("nav-tab-categories").click()
    shown.page.get_by_text("规则不符").first.wait_for()
    lines = shown.text().splitlines()

    kinds = ("规则不符", "Schema 不符", "平台不可达", "用例框架错误")
    cases = ("用例 refused", "用例 broken", "用例 unreachable", "用例自己出错")
    assert sorted([*kinds, *cases], key=lines.index) == [
        one for pair in zip(kinds, cases, strict=True) for one in pair
    ]


def test_history_goes_over_the_runs(shown: Opened) -> None:
    shown.page.get_by_text("用例 changing").first.click()
    shown.page.get_by_test_id("test-result-tab-history").click()
    items = shown.page.get_by_test_id("test-result-history-item")
    items.nth(1).wait_for()

    assert items.count() == 2
    assert shown.page.get_by_test_id("tree-leaf-status-failed").count() == 1


def test_charts_show_the_trend(shown: Opened) -> None:
    shown.page.get_by_text("Report", exact=True).first.click()
    shown.page.get_by_text("图形").first.click()
    shown.page.get_by_text("状态动态").first.wait_for()

    assert shown.logged == []


def test_environment_and_build_are_shown(shown: Opened) -> None:
    text = shown.text()

    assert "real（预发环境）" in text
    assert "GitHub · regression #12" in text
    link = shown.page.get_by_text("GitHub · regression #12").locator("xpath=ancestor-or-self::a")
    assert link.first.get_attribute("href") == "https://ci.example.test/team/regression/actions/runs/77"


def _of_frames(shown: Opened) -> str:
    """A description is shown in a frame of its own."""
    return "\n".join(frame.inner_text("body") for frame in shown.page.frames)
