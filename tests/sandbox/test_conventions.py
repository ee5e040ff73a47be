"""C-01 to C-05, C-16, and the order in which a request is checked."""

import pytest

from sandbox import Sandbox
from tests.sandbox.actors import Actor, tenant
from tests.sandbox.bodies import event_body, make_event, read_event
from tests.sandbox.conftest import Rows
from tests.sandbox.group_buys import make_group_buy


def test_success_has_the_envelope(admin: Actor) -> None:
    envelope = admin.get("/event_category").envelope
    assert list(envelope) == ["code", "message", "data"]
    assert envelope["code"] == "0"
    assert isinstance(envelope["message"], str)


def test_list_tells_total_page_and_size(admin: Actor) -> None:
    envelope = admin.get("/event/list", page=2, size=3).envelope
    assert (envelope["page"], envelope["size"], envelope["total"]) == (2, 3, 13)
    assert len(envelope["data"]) == 3


def test_refusal_is_an_envelope_with_status_200(admin: Actor) -> None:
    answer = admin.post("/event", event_body(name=None))
    assert answer.status == 200
    assert answer.envelope == {"code": "40001", "message": answer.message, "data": None}
    assert "name" in answer.message


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/dab/nothing", 404),
        ("GET", "/dab/event/list/", 404),
        ("GET", "/dab//event/list", 404),
        ("GET", "/", 404),
        ("PATCH", "/dab/event", 405),
        ("OPTIONS", "/dab/event/list", 405),
        ("POST", "/dab/event/list", 405),
        ("GET", "/dab/event/list", 401),
        ("GET", "/clt/members", 401),
        ("GET", "/files/event_checkin_qrcode/1.png", 404),
        ("GET", "/files/resource_channel/1.png", 404),
        ("POST", "/dab/group_buy_event/list", 405),
        ("GET", "/dab/group_buy_event/1/enable", 405),
        ("GET", "/dab/group_buy_event_order/excel_teams", 401),
        ("GET", "/clt/group_buy_event/1", 401),
        ("GET", "/clt/resources/hd_1", 401),
    ],
)
def test_transport_error_has_its_status_as_code(stranger: Actor, method: str, path: str, status: int) -> None:
    answer = stranger.call(method, path)
    assert answer.status == status
    assert answer.envelope == {"code": str(status), "message": answer.message, "data": None}


def test_wrong_method_names_the_right_ones(stranger: Actor) -> None:
    assert "GET" in stranger.call("POST", "/dab/event/list").response.headers["Allow"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b'{"name": NaN}',
        b"name=x",
        b"\xff\xfe{}",
        b"[" * 100_000,
        b'{"quota": ' + b"9" * 5000 + b"}",
    ],
    ids=["empty", "cut", "array", "null", "string", "nan", "form", "not utf-8", "deep", "long number"],
)
def test_body_that_is_no_json_object_is_400(admin: Actor, body: bytes) -> None:
    answer = admin.call("POST", "/event", data=body, headers={"Content-Type": "application/json"})
    assert (answer.status, answer.code) == (400, "400")


@pytest.mark.parametrize(("size", "status"), [(1024 * 1024, 200), (1024 * 1024 + 1, 413)])
def test_body_may_be_one_mebibyte(admin: Actor, size: int, status: int) -> None:
    frame = b'{"name": ""}'
    body = frame[:-2] + b"x" * (size - len(frame)) + frame[-2:]
    answer = admin.call("POST", "/event", data=body)
    assert answer.status == status


def test_413_comes_before_401(stranger: Actor) -> None:
    assert stranger.call("POST", "/dab/event", data=b" " * (1024 * 1024 + 1)).status == 413


def test_404_comes_before_413(stranger: Actor) -> None:
    assert stranger.call("POST", "/dab/nothing", data=b" " * (1024 * 1024 + 1)).status == 404


def test_401_comes_before_400(stranger: Actor) -> None:
    assert stranger.call("POST", "/dab/event", data=b"{").status == 401


def test_403_comes_before_400(app: Sandbox) -> None:
    assert tenant(app, "without_event_create").call("POST", "/event", data=b"{").status == 403


def test_400_comes_before_40401(admin: Actor) -> None:
    assert admin.call("PUT", "/event/1", data=b"{").status == 400


def test_40401_comes_before_40001(admin: Actor) -> None:
    assert admin.put("/event/1", event_body(name=None)).code == "40401"


def test_unexpected_error_is_500_and_logged(
    app: Sandbox, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(app.view_functions, "control.get_seed", lambda: 1 / 0)
    answer = Actor(app, "/_sandbox").get("/seed")
    assert (answer.status, answer.code, answer.data) == (500, "500", None)
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/group_buy_event/list"),
        ("POST", "/group_buy_event/launch_list"),
        ("GET", "/group_buy_event_order/teams"),
        ("GET", "/group_buy_event_order/orders"),
        ("GET", "/group_buy_event_order/search"),
        ("GET", "/workers"),
    ],
)
def test_bad_paging_is_400_before_anything_is_refused(admin: Actor, method: str, path: str) -> None:
    assert admin.call(method, f"{path}?page=0", json={}).status == 400


@pytest.mark.parametrize(
    "query",
    [
        *("page=0", "page=-1", "page=+1", "page=x", "page=", "page=1.0", "page=１"),
        *("size=0", "size=1001", "size=x", "size=" + "9" * 5000),
        *("limit=0", "limit=1001"),
    ],
    ids=lambda query: query[:10],
)
def test_bad_paging_is_400(admin: Actor, query: str) -> None:
    assert admin.get(f"/event/list?{query}").status == 400


@pytest.mark.parametrize(
    ("query", "page", "size"),
    [
        ("", 1, 10),
        ("size=1", 1, 1),
        ("size=1000", 1, 1000),
        ("limit=5", 1, 5),
        ("size=3&limit=7", 1, 3),
        ("size=3&limit=x", 1, 3),
        ("page=4", 4, 10),
    ],
)
def test_paging_in_bounds_is_taken(admin: Actor, query: str, page: int, size: int) -> None:
    envelope = admin.get(f"/event/list?{query}").envelope
    assert (envelope["page"], envelope["size"]) == (page, size)


@pytest.mark.parametrize("page", [3, 10**17])
def test_page_beyond_the_last_is_empty(admin: Actor, page: int) -> None:
    envelope = admin.get("/event/list", page=page).envelope
    assert (envelope["data"], envelope["total"]) == ([], 13)


@pytest.mark.parametrize("call", ["publish", "recommend"])
@pytest.mark.parametrize("given", ["", "yes", "TRUE", "1"])
def test_form_flag_takes_two_words_only(admin: Actor, call: str, given: str) -> None:
    answer = admin.put_form(f"/event/{make_event(admin)}/{call}", **{call: given})
    assert answer.code == "40001"
    assert call in answer.message


@pytest.mark.parametrize("call", ["enable", "recommend"])
@pytest.mark.parametrize("given", ["", "yes", "TRUE", "1"])
def test_form_flag_of_a_group_buy_takes_two_words_only(admin: Actor, call: str, given: str) -> None:
    answer = admin.put_form(f"/group_buy_event/{make_group_buy(admin)}/{call}", **{call: given})
    assert (answer.code, call in answer.message) == ("40001", True)


def test_form_flag_in_a_json_body_counts_as_left_out(admin: Actor) -> None:
    event_id = make_event(admin)
    assert admin.put(f"/event/{event_id}/publish", {"publish": False}).code == "40001"
    assert read_event(admin, event_id)["published"] is True


def test_refused_call_changes_no_row(admin: Actor, rows: Rows) -> None:
    make_event(admin)
    before = list(map(rows, ("SELECT * FROM event", "SELECT * FROM event_session")))
    assert admin.post("/event", event_body(resourceId="hd_1001")).code == "40001"
    assert list(map(rows, ("SELECT * FROM event", "SELECT * FROM event_session"))) == before


def test_failed_call_changes_no_row(admin: Actor, monkeypatch: pytest.MonkeyPatch, rows: Rows) -> None:
    before = rows("SELECT * FROM event")
    monkeypatch.setattr("sandbox.rules.events.keep_qrcodes", lambda *_: 1 / 0)
    assert admin.post("/event", event_body()).status == 500
    assert rows("SELECT * FROM event") == before


def test_unknown_body_field_is_ignored(admin: Actor) -> None:
    assert admin.post("/event", event_body(unknown={"a": 1})).code == "0"


def test_chinese_is_not_escaped(stranger: Actor) -> None:
    assert "未登录".encode() in stranger.call("GET", "/dab/event/list").response.data
