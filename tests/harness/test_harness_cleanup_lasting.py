"""On a platform that goes on after the run: orders end, lost answers are followed up, the rest is counted."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import requests
import responses

from clients import AdminClient, FixedHeaders, MemberClient, PlatformFailure, Refused, Transport
from harness.cleanup import CleanUp

DAB, CLT = "http://platform.test/dab", "http://platform.test/clt"
LINE = {"orderSn": "SN1", "orderStatus": "NORMAL", "paramId": "p"}


@pytest.fixture
def created() -> CleanUp:
    return CleanUp(lasting=True)


@pytest.fixture
def platform() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


def admin(created: CleanUp) -> AdminClient:
    sign_in = FixedHeaders({"X-Actor": "admin"}, "admin")
    return AdminClient(Transport(DAB, observers=[created], sign_in=sign_in))


def member(created: CleanUp) -> MemberClient:
    return MemberClient(Transport(CLT, observers=[created], sign_in=FixedHeaders({}, "member a")))


def answers(platform: responses.RequestsMock, method: str, url: str, data: Any, code: str = "0") -> None:
    platform.add(method, url, json={"code": code, "message": "", "data": data})


def booked(created: CleanUp, platform: responses.RequestsMock, order_id: str) -> None:
    answers(platform, "POST", f"{CLT}/event_orders", {"orderId": order_id})
    member(created).event_orders.book({})


def calls(platform: responses.RequestsMock, since: int = 0) -> list[str]:
    return [f"{call.request.method} {str(call.request.url)[len(DAB) :]}" for call in platform.calls][since:]


def run(created: CleanUp) -> None:
    created.run("regress-1", lambda _: admin(created))


def test_orders_are_cancelled_before_their_activity_is_deleted(
    created: CleanUp, platform: responses.RequestsMock
) -> None:
    answers(platform, "POST", f"{DAB}/event", "1")
    answers(platform, "DELETE", f"{DAB}/event/1", None)
    answers(platform, "PUT", f"{DAB}/event_orders/7/canceled", None)
    admin(created).events.create({})
    booked(created, platform, "7")

    run(created)

    assert calls(platform, since=2) == ["PUT /event_orders/7/canceled", "DELETE /event/1"]
    assert dict(created.left) == {"orders": 1}


def test_order_of_a_team_is_cancelled_at_its_own_desk(
    created: CleanUp, platform: responses.RequestsMock
) -> None:
    answers(platform, "POST", f"{CLT}/group_buy_event/teams", {"orderId": "8"})
    answers(platform, "PUT", f"{DAB}/group_buy_event_order/8/canceled", None)
    member(created).group_buy_orders.join({})

    run(created)

    assert calls(platform, since=1) == ["PUT /group_buy_event_order/8/canceled"]


def test_order_that_has_ended_already_is_no_failure(
    created: CleanUp, platform: responses.RequestsMock
) -> None:
    booked(created, platform, "7")
    answers(platform, "PUT", f"{DAB}/event_orders/7/canceled", None, "40901")

    run(created)

    assert dict(created.left) == {"orders": 1}


def test_order_that_cannot_be_cancelled_is_told(created: CleanUp, platform: responses.RequestsMock) -> None:
    booked(created, platform, "7")
    answers(platform, "PUT", f"{DAB}/event_orders/7/canceled", None, "40401")

    with pytest.raises(Refused, match=r"admin\.event_orders\.cancel"):
        run(created)


def test_refused_booking_leaves_nothing_to_cancel(created: CleanUp, platform: responses.RequestsMock) -> None:
    answers(platform, "POST", f"{CLT}/event_orders", None, "40902")
    member(created).event_orders.book({})

    run(created)

    assert len(platform.calls) == 1


def test_lines_that_were_pulled_in_are_pulled_again_as_refunded(
    created: CleanUp, platform: responses.RequestsMock
) -> None:
    lines = [{**LINE, "orderSn": number} for number in ("SN1", "SN2", "SN3")]
    codes = {"SN1": "0", "SN2": "40001", "SN3": "0"}
    results = [{"orderSn": number, "code": code, "message": ""} for number, code in codes.items()]
    answers(platform, "POST", f"{DAB}/one_yuan_orders/pull", results)
    admin(created).one_yuan_orders.pull({"orders": lines})
    platform.reset()
    answers(platform, "POST", f"{DAB}/one_yuan_orders/pull", [results[2], results[0]])

    run(created)

    sent: Any = platform.calls[-1].request
    assert len(platform.calls) == 1
    assert json.loads(sent.body) == {
        "orders": [{**line, "orderStatus": "REFUNDED"} for line in (lines[2], lines[0])]
    }
    assert dict(created.left) == {"pulled orders": 2}


def test_refund_that_is_refused_is_told(created: CleanUp, platform: responses.RequestsMock) -> None:
    answers(platform, "POST", f"{DAB}/one_yuan_orders/pull", [{"orderSn": "SN1", "code": "0"}])
    admin(created).one_yuan_orders.pull({"orders": [LINE]})
    platform.reset()
    refused = {"orderSn": "SN1", "code": "40001", "message": "paramId"}
    answers(platform, "POST", f"{DAB}/one_yuan_orders/pull", [refused])

    with pytest.raises(PlatformFailure, match="SN1 40001 paramId"):
        run(created)


@pytest.mark.parametrize(
    ("path", "listed", "search"),
    [("event", "event/list", "searchWord"), ("workers", "workers", "searchKey")],
)
def test_row_whose_making_brought_no_answer_is_looked_for(
    path: str, listed: str, search: str, created: CleanUp, platform: responses.RequestsMock
) -> None:
    platform.add("POST", f"{DAB}/{path}", body=requests.ConnectionError("broke"))
    answers(platform, "GET", f"{DAB}/{listed}", [{"id": "5"}])
    answers(platform, "DELETE", f"{DAB}/{path}/5", None)
    made = admin(created)
    with pytest.raises(PlatformFailure):
        (made.events if path == "event" else made.workers).create({})

    run(created)

    assert calls(platform, since=1) == [
        f"GET /{listed}?{search}=regress-1&page=1&size=1000",
        f"DELETE /{path}/5",
    ]


def test_what_nothing_takes_away_is_counted(created: CleanUp, platform: responses.RequestsMock) -> None:
    answers(platform, "POST", f"{CLT}/shares", "1")
    answers(platform, "GET", f"{CLT}/wechat/login", {"accessToken": "t"})
    answers(platform, "POST", f"{DAB}/one_yuan_products", "7")
    answers(platform, "PUT", f"{DAB}/one_yuan_products/7", None)
    person = member(created)
    person.shares.record({})
    for code in ("new-regress-1", "plain"):
        person.login("wx", code)
    admin(created).one_yuan_products.create({})

    run(created)

    assert dict(created.left) == {"shares": 1, "members": 1, "one_yuan_products (hidden)": 1}
