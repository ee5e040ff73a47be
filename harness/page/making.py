"""Makes the page: Allure writes it aside, then it takes the old one's place whole."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from harness.page.configuration import RUNS_KEPT, configuration
from harness.page.history import brief, history_beside, read_runs, write_runs
from harness.page.tools import REPORT, NoPage, install, ran, usable_node
from harness.rules import Rule


def make_page(
    results: Sequence[Path], target: Path, rules: Mapping[str, Rule], report: Path = REPORT
) -> None:
    """One HTML file of folders of results, with the history beside it; raises `NoPage`."""
    if target.is_dir():
        raise NoPage(f"{target} 是文件夹；请用 --report=文件.html 指定文件", f"{target} is a folder")
    try:
        node = usable_node()
        install(node, report)
        target.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=target.parent, prefix=".page-", ignore_cleanup_errors=True) as aside:
            command = [node.program, str(report / "page.mjs")]
            page, history = _written(results, target, rules, Path(aside), command)
            page.replace(target)
            history.replace(history_beside(target))
    except OSError as error:
        raise NoPage(
            f"{error.filename or target} 无法写入；请换一个可写的位置，或腾出空间后重跑",
            f"{error.filename or target}: {error.strerror or error}",
        ) from None


def _written(
    results: Sequence[Path], target: Path, rules: Mapping[str, Rule], aside: Path, command: list[str]
) -> tuple[Path, Path]:
    """The new page and the new history, both in `aside`."""
    output, history, config = aside / "page", aside / "history.jsonl", aside / "config.json"
    write_runs(history, read_runs(history_beside(target))[1 - RUNS_KEPT :])
    given = configuration(output, history, rules)
    config.write_text(json.dumps(given, ensure_ascii=False), "utf-8")
    problem = ran([*command, str(config), *(str(folder.absolute()) for folder in results)])
    page = output / "index.html"
    if problem is not None or not page.is_file():
        raise NoPage(
            "Allure 生成时出错；结果仍在，可重跑，或删除 report/node_modules 后重跑",
            f"Allure could not make it: {problem or 'it wrote no page'}",
        )
    write_runs(history, [brief(run) for run in read_runs(history)])
    return page, history
