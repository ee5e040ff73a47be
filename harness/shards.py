"""`--splits N --group K`: the tests of one shard, by pytest-split's algorithm and the recorded durations.

pytest-split itself takes the tests in the order in which they stand: shuffled by a seed for each machine,
shards would share tests and lose others. Here it gets them in the order of their node ids.
"""

from collections.abc import Mapping

import pytest
from pytest_split.algorithms import Algorithms

from clients import HarnessError
from harness.durations import FILE, read_durations
from harness.selection import CASE_OF_ITEM

OWN_OF_PYTEST_SPLIT = "pytestsplitplugin"


class Shard:
    def __init__(self, number: int, of: int, durations: Mapping[str, float]) -> None:
        self._number = number
        self._of = of
        self._durations = durations

    def pytest_report_header(self) -> str:
        return f"shard: {self._number} of {self._of}, by {len(self._durations)} recorded durations"

    @pytest.hookimpl(trylast=True)  # among those that --case, -m and the like have left
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        in_order = sorted(items, key=lambda item: item.nodeid)
        # The longest first, each to the shard that is shortest so far. Its default, chunks, fails with an
        # IndexError where the last tests have taken no time.
        shards = Algorithms.least_duration.value(self._of, in_order, self._known(items))
        shard = shards[self._number - 1]
        chosen = set(shard.selected)
        config.hook.pytest_deselected(items=shard.deselected)
        items[:] = [item for item in items if item in chosen]

    def _known(self, items: list[pytest.Item]) -> dict[str, float]:
        """What is not recorded takes the mean of the rest, as pytest-split has it."""
        names = {item.nodeid: _name(item) for item in items}
        return {nodeid: self._durations[name] for nodeid, name in names.items() if name in self._durations}


SHARD = pytest.StashKey[Shard]()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Before pytest-split reads the durations for itself."""
    if config.getoption("splits") is None:
        return
    data = config.rootpath / str(config.getini("harness_data"))
    try:
        durations = read_durations(data)
    except HarnessError as error:
        raise pytest.UsageError(str(error)) from None
    config.option.durations_path = str(data / FILE)
    config.stash[SHARD] = Shard(config.getoption("group"), config.getoption("splits"), durations)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Once pytest-split has registered its own."""
    plugins = session.config.pluginmanager
    if (shard := session.config.stash.get(SHARD, None)) is not None:
        plugins.unregister(name=OWN_OF_PYTEST_SPLIT)
        plugins.register(shard, "shard")


def _name(item: pytest.Item) -> str:
    case = item.stash.get(CASE_OF_ITEM, None)
    return case.id if case is not None else item.nodeid
