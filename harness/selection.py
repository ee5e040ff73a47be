"""Gives cases to tests, and tests to the run: parameters, marks and labels, `--case` and `--rule`."""

from collections.abc import Mapping
from typing import Final

import pytest

from clients import DataError
from harness.cases import Case, check_python_case
from harness.run import RUN

NODE_LABEL: Final = "nodeid"
CASE_LABEL: Final = "case"
CASE_OF_ITEM = pytest.StashKey[Case]()
_PLACES = pytest.StashKey[dict[str, str]]()


class CaseProblem(DataError, pytest.Collector.CollectError):
    """A case that cannot be used, told by pytest in one line instead of a traceback."""


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "cases(file): run over the cases of data/cases/FILE.yaml")
    config.addinivalue_line(
        "markers", "case(described): the id, rule and title of a test that is Python alone"
    )
    config.stash[_PLACES] = {found.id: found.place for found in config.stash[RUN].catalogue}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if (marker := metafunc.definition.get_closest_marker("cases")) is not None:
        _give_cases(metafunc, marker.args[0])
    elif (marker := metafunc.definition.get_closest_marker("case")) is not None:
        _check(metafunc, marker.args[0])


def pytest_itemcollected(item: pytest.Item) -> None:
    item.add_marker(pytest.mark.allure_label(item.nodeid, label_type=NODE_LABEL))
    found = _case_of(item)
    if found is None:
        return
    item.stash[CASE_OF_ITEM] = found
    rule = item.config.stash[RUN].rules.get(found.rule)
    if rule is not None:
        item.add_marker(pytest.mark.allure_description(f"{rule.id}：{rule.zh}\n\n{rule.en}"))
    for label, value in _labels(found).items():
        item.add_marker(pytest.mark.allure_label(value, label_type=label))
    if found.issue:
        item.add_marker(pytest.mark.allure_link(found.issue, link_type="issue", name=found.issue))
    if found.smoke:
        item.add_marker("smoke")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    ids, rules = set(config.getoption("case")), set(config.getoption("rule"))
    if not ids and not rules:
        return
    kept: list[pytest.Item] = []
    dropped: list[pytest.Item] = []
    for item in items:
        found = item.stash.get(CASE_OF_ITEM, None)
        wanted = found is not None and (found.id in ids or found.rule in rules)
        (kept if wanted else dropped).append(item)
    config.hook.pytest_deselected(items=dropped)
    items[:] = kept


def pytest_runtest_setup(item: pytest.Item) -> None:
    profile = item.config.stash[RUN].profile
    if item.get_closest_marker("load") is not None and not profile.allowed.load:
        pytest.skip(f"环境 {profile.title} 不允许一次发出许多调用（allow_load）")


def _give_cases(metafunc: pytest.Metafunc, file: str) -> None:
    files = metafunc.config.stash[RUN].catalogue.files
    if file not in files:
        raise CaseProblem(f"{metafunc.definition.nodeid}: there is no data/cases/{file}.yaml")
    if "case" not in metafunc.fixturenames:
        raise CaseProblem(f"{metafunc.definition.nodeid}: runs over cases but has no argument `case`")
    metafunc.function.__allure_display_name__ = "{case.title}"
    metafunc.parametrize("case", [pytest.param(found, id=found.id) for found in files[file]])


def _check(metafunc: pytest.Metafunc, found: Case) -> None:
    places = metafunc.config.stash[_PLACES]
    if metafunc.definition.get_closest_marker("parametrize") is not None:
        raise CaseProblem(
            f"{found.place}: case {found.id} is one case; its parameters belong into a case file"
        )
    if problem := check_python_case(found, places, metafunc.config.stash[RUN].rules):
        raise CaseProblem(problem)
    places.setdefault(found.id, found.place)


def _case_of(item: pytest.Item) -> Case | None:
    if (callspec := getattr(item, "callspec", None)) is not None and isinstance(
        found := callspec.params.get("case"), Case
    ):
        return found
    marker = item.get_closest_marker("case")
    return marker.args[0] if marker is not None else None


def _labels(found: Case) -> Mapping[str, str]:
    labels = {
        "epic": found.epic,
        "feature": found.feature,
        "story": found.story,
        "severity": found.severity,
        "rule": found.rule,
        CASE_LABEL: found.id,
    }
    return {**labels, "owner": found.owner} if found.owner else labels
