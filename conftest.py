"""Names the harness's plugins and has pytest rewrite the asserts of its oracles; nothing else."""

import pytest

pytest.register_assert_rewrite(
    "harness.checks", "tests.activities", "tests.orders", "tests.journeys", "tests.one_yuan"
)

pytest_plugins = [
    "harness.options",
    "harness.exploration",
    "harness.selection",
    "harness.shards",
    "harness.results",
    "harness.console",
    "harness.junit",
    "harness.ledger_keeping",
    "harness.reachability",
    "harness.stopping",
    "harness.rows.plugin",
    "harness.reporting",
    "harness.summary",
    "harness.state_matrix",
    "harness.page.plugin",
    "harness.recording.replaying",
    "harness.recording.plugin",
    "harness.sweeping.plugin",
    "harness.fixtures",
    "harness.gate.plugin",
]
