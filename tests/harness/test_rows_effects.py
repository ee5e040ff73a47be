"""`data/rows.yaml` is read once; each mistake in it is told with its file and place."""

import shutil
from pathlib import Path

import pytest

from clients import DataError
from harness.rows.effects import About, Effects, Link, Names, ShownAt, load_row_rules
from tests.harness.projects import PROJECT
from tests.harness.watched import row_rules

UPDATE_ABOUT = '  admin.events.update:\n    about: {event.id: "path.1"}'


def mistaken(folder: Path, *changes: tuple[str, str]) -> str:
    """What is said of a copy of the file with these texts replaced."""
    shutil.copy(PROJECT / "data" / "rows.schema.json", folder)
    text = (PROJECT / "data" / "rows.yaml").read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "rows.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as told:
        load_row_rules(folder)
    return str(told.value)


def test_project_s_own_file_loads() -> None:
    rules = row_rules()

    assert [family.root for family in rules.families] == [
        "event",
        "group_buy_event",
        "one_yuan_products",
        "worker",
    ]
    assert "channel" in rules.reference
    assert rules.calls["admin.workers.delete"] == Effects(
        about=(About("worker", "id", ("path.1",)),),
        changes={"worker": Names(frozenset({"deleted"}))},
    )


def test_number_of_made_rows_is_exact_or_any() -> None:
    assert row_rules().calls["admin.workers.create"].makes == {"worker": 1, "resource_organization_map": None}


def test_alias_has_the_effects_of_its_anchor() -> None:
    calls = row_rules().calls

    assert calls["member.event_orders.cancel"] == calls["admin.event_orders.cancel"]


def test_removed_tables_and_shown_parts_are_read() -> None:
    rules = row_rules()

    assert rules.calls["admin.one_yuan_orders.pull"].removes == {"one_yuan_shopping_group_details"}
    assert rules.shown["member.event_orders.book"] == (ShownAt(("data",), "event_order", "orderId"),)


def test_names_are_those_or_all_but_those() -> None:
    some, others = Names(frozenset({"a"})), Names(frozenset({"a"}), all_but=True)

    assert [some.has("a"), some.has("b")] == [True, False]
    assert [others.has("a"), others.has("b")] == [False, True]


def test_family_knows_its_tables_and_links() -> None:
    family = row_rules().families[0]

    assert family.tables[:2] == ("event", "event_session")
    assert family.link_of("event_session") == Link("event_session", "event_id", "event", "id")
    assert family.link_of("event") is None


def test_families_of_a_table_are_all_that_hold_it() -> None:
    found = row_rules().families_of("payment_order")

    assert [family.root for family in found] == ["event", "group_buy_event"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("computed: {}", "computed: {}\nfuture: {}", "the file: Additional properties"),
        ("computed: {}", "", "the file: 'computed' is a required property"),
        (
            UPDATE_ABOUT,
            UPDATE_ABOUT.replace("path.1", "query.1"),
            "calls.admin.events.update.about.event.id: ",
        ),
        (UPDATE_ABOUT, UPDATE_ABOUT.replace("event.id", "event"), "calls.admin.events.update.about: "),
        ("makes: {event: 1,", "makes: {event: -1,", "calls.admin.events.create.makes.event: "),
        ("makes: {event: 1,", 'makes: {event: "1",', "calls.admin.events.create.makes.event: "),
        ("makes: {event: 1,", "mades: {event: 1,", "calls.admin.events.create: Additional properties"),
        ("  admin.workers.delete:", "  admin.delete:", "calls: 'admin.delete' does not match"),
        ("  admin.workers.delete:", "  sandbox.clock.set:", "calls: 'sandbox.clock.set' does not match"),
        ("{but: []}", "{all: []}", "calls.admin.events.update.changes.resource_conf: "),
        ('- "channel"', '- "Channel"', "reference.0: 'Channel' does not match"),
        ('"resource_channel.id"', '"resource_channel"', "shown.admin.group_buys.launches.data.*: "),
        ('event_id: "event.id"', 'event_id: "event"', "families.0.links.event_session.event_id: "),
    ],
)
def test_mistake_is_told_with_file_and_place(tmp_path: Path, old: str, new: str, told: str) -> None:
    message = mistaken(tmp_path, (old, new))

    assert message.startswith(f"{tmp_path / 'rows.yaml'}: {told}")
    assert len(message.splitlines()) == 1


@pytest.mark.parametrize("parent", ["event_order.id", "worker.id", "event_session.id"])
def test_link_to_what_does_not_stand_before_it_is_told(tmp_path: Path, parent: str) -> None:
    link = 'event_session: {event_id: "event.id"}'
    message = mistaken(tmp_path, (link, f'event_session: {{event_id: "{parent}"}}'))

    place = "families.event.links.event_session.event_id"
    assert message == (
        f"{tmp_path / 'rows.yaml'}: {place}: '{parent}' is no table that stands before it: ['event']"
    )


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    message = mistaken(tmp_path, ('- "channel"', '- "Channel"'), ("makes: {event: 1,", "makes: {event: -1,"))

    assert [line.partition(": ")[2].partition(":")[0] for line in message.splitlines()] == [
        "calls.admin.events.create.makes.event",
        "reference.0",
    ]


def test_call_that_stands_twice_is_told_with_its_line(tmp_path: Path) -> None:
    twice = "  admin.tenants.login: {}\n"

    assert "the key 'admin.tenants.login' stands here twice" in mistaken(tmp_path, (twice, twice * 2))


def test_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"rows\.yaml: cannot be read"):
        load_row_rules(tmp_path)
