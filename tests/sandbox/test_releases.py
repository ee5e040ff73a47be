"""Seeded differences of a release: each changes just what it says, of just the calls that it names."""

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any, Final

import pytest

from sandbox import Sandbox, UnknownChangeError, changes_named, create_app, running
from sandbox.releases import places
from sandbox.releases.hook import EVERY_CALL, Change
from sandbox.releases.registry import KNOWN
from sandbox.routes.changes import VARIABLE
from tests.sandbox.actors import Actor, Answer, JsonObject, member, tenant
from tests.sandbox.bodies import START
from tests.sandbox.orders import book, booking, open_event

CALL: Final = re.compile("(GET|POST|PUT|DELETE) /(dab|clt)/[a-z_/{}]+")
NAMES: Final = tuple(KNOWN)
REWORDED: Final = "messages-reworded"

Envelope = JsonObject
Trial = Callable[[Sandbox], Answer]


@pytest.fixture
def app() -> Iterator[Sandbox]:
    """One of its own for each test, at its seed, whose changes a test sets."""
    app = create_app()
    yield app
    app.close()


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What a slower call waits for, instead of waiting."""
    taken: list[float] = []
    monkeypatch.setattr(places, "sleep", taken.append)
    return taken


def on(app: Sandbox, *names: str) -> None:
    app.extensions["sandbox"].changes = changes_named(names)


def get(path: str, **query: Any) -> Trial:
    return lambda app: tenant(app, "admin").get(path, **query)


def mine(path: str, **query: Any) -> Trial:
    return lambda app: member(app, "plain").get(path, **query)


def first_of(path: str) -> Trial:
    def call(app: Sandbox) -> Answer:
        admin = tenant(app, "admin")
        return admin.get(f"{path}/{admin.get(f'{path}/list').data[0]['id']}")

    return call


def shown_event(app: Sandbox) -> Answer:
    (event,) = tenant(app, "admin").get("/event/list", searchWord="暑期英语体验课").data
    return member(app, "plain").get(f"/event/{event['id']}")


def order_list(app: Sandbox) -> Answer:
    admin = tenant(app, "admin")
    (event,) = admin.get("/event/list", searchWord="收费").data
    return admin.post("/event_orders/get_order_list", {}, eventId=event["id"], size=100)


def free_orders(app: Sandbox) -> Answer:
    plain, admin = member(app, "plain"), tenant(app, "admin")
    book(admin, plain, open_event(admin, resourceId="hd_2"))
    return plain.get("/event_orders", size=100)


def late_booking(app: Sandbox) -> Answer:
    admin = tenant(app, "admin")
    event_id = open_event(admin, resourceId="hd_3", beginTime=START + 1000)
    return member(app, "plain").post("/event_orders", booking(admin, event_id))


def other_refusal(app: Sandbox) -> Answer:
    admin, plain = tenant(app, "admin"), member(app, "plain")
    event_id = open_event(admin)
    book(admin, plain, event_id)
    return plain.post("/event_orders", booking(admin, event_id))


def without_privilege(method: str, path: str) -> Trial:
    return lambda app: tenant(app, f"without_worker_{RIGHTS[method]}").call(method, path, json={})


RIGHTS: Final = {"GET": "view", "POST": "create", "PUT": "edit", "DELETE": "delete"}


def each(field: str, value: Callable[[Any], Any]) -> Callable[[Envelope], None]:
    """Every row's field, as it should be after the change."""

    def expect(envelope: Envelope) -> None:
        rows = envelope["data"] if isinstance(envelope["data"], list) else [envelope["data"]]
        for row in rows:
            row[field] = value(row[field])

    return expect


def in_seconds(envelope: Envelope) -> None:
    each("beginTime", lambda ms: ms // 1000)(envelope)
    each("endTime", lambda ms: ms // 1000)(envelope)


def in_places(write: Callable[[str], str]) -> Callable[[Envelope], None]:
    def expect(envelope: Envelope) -> None:
        for field in ("disPrice", "reappearance", "subsidyAmount"):
            each(field, write)(envelope)

    return expect


def refused_as(code: str, message: str | None = None) -> Callable[[Envelope], None]:
    def expect(envelope: Envelope) -> None:
        envelope |= {"code": code, "message": message or envelope["message"], "data": None}

    return expect


WHOLE: Final[dict[str, tuple[Trial, int, Callable[[Envelope], None]]]] = {
    "event-times-in-seconds": (first_of("/event"), 200, in_seconds),
    "absent-event-is-404": (mine("/event/1"), 404, refused_as("404")),
    "event-names-gone": (
        get("/event/get_all_events_the_id_and_name"),
        404,
        refused_as("404", "接口不存在"),
    ),
    "group-buy-without-guide-image": (
        first_of("/group_buy_event"),
        200,
        lambda envelope: envelope["data"].pop("guideImage"),
    ),
    "order-amount-as-text": (order_list, 200, each("chargedMount", str)),
    "free-order-counts-as-paid": (
        free_orders,
        200,
        each("pamentStatus", lambda word: "PAY_SUCCESS" if word == "NONE" else word),
    ),
    "booking-out-of-time-is-40901": (late_booking, 200, refused_as("40901")),
    "worker-privilege-is-401": (without_privilege("PUT", "/workers/1"), 401, refused_as("401")),
    "member-email-empty": (mine("/members"), 200, each("email", lambda email: email or "")),
    "channels-in-reverse": (get("/channel/list"), 200, lambda envelope: envelope["data"].reverse()),
    "shown-prices-with-four-places": (
        mine("/one_yuan/products"),
        200,
        in_places(lambda price: f"{float(price):.4f}"),
    ),
    "product-prices-without-zeros": (
        first_of("/one_yuan_products"),
        200,
        in_places(lambda price: f"{float(price):g}"),
    ),
    REWORDED: (get("/event_category"), 200, lambda envelope: envelope.update(message="操作成功")),
}
"""Those whose whole effect on a call can be told from the answer without it: the call, its status with it."""

IN_PART: Final[dict[str, Trial]] = {
    "event-rows-tell-heat": get("/event/list", size=1000),
    "group-buys-opening": get("/group_buy_event/list", size=1000),
    "worker-number-null": get("/workers", size=1000),
    "stores-slower": get("/organizations/store_list"),
}
TRIALS: Final = {**{name: trial for name, (trial, *_) in WHOLE.items()}, **IN_PART}


def with_and_without(app: Sandbox, name: str) -> tuple[Answer, Answer]:
    """What the same request answers of the same rows; the seed is the same again between the two."""
    before = TRIALS[name](app)
    Actor(app, "/_sandbox").post("/reset")
    on(app, name)
    return before, TRIALS[name](app)


@pytest.mark.parametrize("name", WHOLE)
def test_change_is_all_that_is_different(app: Sandbox, name: str) -> None:
    before, after = with_and_without(app, name)
    _, status, expect = WHOLE[name]
    expected = deepcopy(before.envelope)
    expect(expected)
    assert expected != before.envelope
    assert (after.status, after.envelope) == (status, expected)
    assert list(after.envelope) == list(before.envelope)
    assert after.response.content_type == before.response.content_type


def test_rows_have_one_more_integer(app: Sandbox) -> None:
    before, after = with_and_without(app, "event-rows-tell-heat")
    rows = after.data
    added = [row.pop("heat") for row in rows]
    assert rows == before.data
    assert {type(heat) for heat in added} == {int}


def test_some_open_rows_say_a_new_word(app: Sandbox) -> None:
    before, after = with_and_without(app, "group-buys-opening")
    words = [(was["status"], now["status"]) for was, now in zip(before.data, after.data, strict=True)]
    assert {("OPEN", "OPEN"), ("OPEN", "OPENING"), ("CLOSED", "CLOSED")} <= set(words)
    assert {was for was, now in words if now == "OPENING"} == {"OPEN"}
    assert [{**row, "status": 0} for row in after.data] == [{**row, "status": 0} for row in before.data]


def test_some_rows_lose_a_value(app: Sandbox) -> None:
    before, after = with_and_without(app, "worker-number-null")
    assert {None} < {row["workerNo"] for row in after.data}
    for was, now in zip(before.data, after.data, strict=True):
        assert now in (was, {**was, "workerNo": None})


@pytest.mark.parametrize("name", ["event-rows-tell-heat", "group-buys-opening", "worker-number-null"])
def test_the_same_rows_are_met_each_time(app: Sandbox, name: str) -> None:
    on(app, name)
    assert TRIALS[name](app).data == TRIALS[name](app).data


def test_slower_call_answers_the_same_later(app: Sandbox, pauses: list[float]) -> None:
    before, after = with_and_without(app, "stores-slower")
    assert after.envelope == before.envelope
    assert pauses == [0.25]


@pytest.mark.parametrize("method", RIGHTS)
def test_every_call_of_the_workers_lacks_its_privilege_by_401(app: Sandbox, method: str) -> None:
    path = "/workers" if method in ("GET", "POST") else "/workers/1"
    before = without_privilege(method, path)(app)
    on(app, "worker-privilege-is-401")
    after = without_privilege(method, path)(app)
    assert (before.status, after.status, after.code) == (403, 401, "401")


@pytest.mark.parametrize(
    ("name", "trial"),
    [
        ("booking-out-of-time-is-40901", other_refusal),
        ("absent-event-is-404", shown_event),
        ("worker-privilege-is-401", get("/workers")),
        ("event-times-in-seconds", get("/event/1")),
        ("order-amount-as-text", get("/event_orders/search", event_id="1")),
    ],
)
def test_another_answer_is_as_it_was(app: Sandbox, name: str, trial: Trial) -> None:
    before = trial(app)
    Actor(app, "/_sandbox").post("/reset")
    on(app, name)
    after = trial(app)
    assert (after.status, after.envelope) == (before.status, before.envelope)


@pytest.mark.parametrize("name", NAMES)
def test_change_meets_no_call_but_its_own(app: Sandbox, name: str) -> None:
    others = [other for other in IN_PART if not set(KNOWN[other].calls) & set(KNOWN[name].calls)]
    before = [TRIALS[other](app).data for other in others]
    on(app, name)
    assert [TRIALS[other](app).data for other in others] == before


def test_refusal_is_reworded_and_still_names_what_is_wrong(app: Sandbox) -> None:
    before = tenant(app, "admin").post("/workers", {})
    on(app, REWORDED)
    after = tenant(app, "admin").post("/workers", {})
    assert (after.code, after.data) == (before.code, None)
    assert after.message == f"{before.message}。"


@pytest.mark.parametrize("path", ["/_sandbox/clock", "/nonsense", "/dab/nonsense"])
def test_what_is_no_call_of_the_platform_is_not_reworded(app: Sandbox, path: str) -> None:
    before = Actor(app, "").get(path).envelope
    on(app, REWORDED)
    assert Actor(app, "").get(path).envelope == before


def test_file_is_as_it_was(app: Sandbox) -> None:
    on(app, REWORDED)
    admin = tenant(app, "admin")
    group_buy = admin.get("/group_buy_event/list").data[0]
    sheet = admin.get("/group_buy_event_order/excel_teams", groupBuyEventId=group_buy["id"]).response
    assert sheet.data.startswith(b"PK")


def test_changes_of_one_call_come_together(app: Sandbox) -> None:
    on(app, "worker-number-null", REWORDED)
    answer = TRIALS["worker-number-null"](app)
    assert None in {row["workerNo"] for row in answer.data}
    assert answer.message == "操作成功"


def test_all_is_every_change_but_the_rewording() -> None:
    assert changes_named(["all"]).names == [name for name in NAMES if name != REWORDED]
    assert changes_named(["all", REWORDED]).names == list(NAMES)
    assert changes_named([]).names == []


def test_all_answer_together(app: Sandbox) -> None:
    on(app, "all", REWORDED)
    assert {TRIALS[name](app).status for name in TRIALS} == {200, 401, 404}


@pytest.mark.parametrize("change", KNOWN.values(), ids=NAMES)
def test_change_says_what_it_is(change: Change, app: Sandbox) -> None:
    rules = app.url_map.iter_rules()
    calls = {f"{method} {VARIABLE.sub('{id}', rule.rule)}" for rule in rules for method in rule.methods or ()}
    assert change.name == change.name.lower()
    assert change.name.isascii()
    assert "_" not in change.name
    assert change.description.endswith(".")
    assert change.description_chinese.endswith("。")
    assert "\n" not in change.description
    assert change.calls == (EVERY_CALL,) or set(change.calls) <= calls


def test_each_is_tried() -> None:
    assert set(TRIALS) == set(NAMES)


def test_control_tells_them(app: Sandbox) -> None:
    on(app, "channels-in-reverse")
    told = {change["name"]: change for change in Actor(app, "/_sandbox").get("/changes").data}
    assert list(told) == list(NAMES)
    assert [name for name, change in told.items() if change["on"]] == ["channels-in-reverse"]
    reverse = told["channels-in-reverse"]
    assert (reverse["calls"], reverse["kind"]) == (["GET /dab/channel/list"], "order-changed")
    assert reverse["rating"] == "breaking"


@pytest.mark.parametrize(
    ("name", "hint"),
    [("channels-in-revers", "channels-in-reverse"), ("nonsense", "known are"), ("al", "all")],
)
def test_unknown_name_is_refused_with_what_is_near(name: str, hint: str) -> None:
    with pytest.raises(UnknownChangeError, match=re.escape(repr(name))) as error:
        changes_named(["channels-in-reverse", name])
    assert hint in str(error.value)
    assert len(str(error.value).splitlines()) == 1


def test_running_refuses_an_unknown_name_before_it_starts_anything() -> None:
    nowhere = "amqp://127.0.0.1:1"  # a broker that it would complain of
    with pytest.raises(UnknownChangeError), running(messages=nowhere, changes=["nonsense"]):
        pass


def test_two_sandboxes_share_no_change(app: Sandbox) -> None:
    with running(changes=["channels-in-reverse"]) as changed:
        names = [[row["name"] for row in get("/channel/list")(one).data] for one in (app, changed)]
    assert names[0] == names[1][::-1]
