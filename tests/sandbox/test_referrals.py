"""Shares, who brought whom, counts and reports (F-01 to F-06)."""

from typing import Any

import pytest

from sandbox import Sandbox
from tests.sandbox.actors import Actor, JsonObject, member, tenant
from tests.sandbox.bodies import HOUR, START, read_event
from tests.sandbox.conftest import Rows
from tests.sandbox.orders import MINUTE, PRICED, book, notify, open_event, pay


def id_of(actor: Actor) -> str:
    return str(actor.get("/members").data["id"])


def share(actor: Actor, resource_id: str, type_: str = "SHARE", **changes: Any) -> str:
    answer = actor.post("/shares", {"resourceId": resource_id, "type": type_, **changes})
    assert answer.code == "0", answer.message
    return str(answer.data)


class Chain:
    """a brought b, b brought c, c brought d; each by a share."""

    def __init__(self, app: Sandbox, admin: Actor, **changes: Any) -> None:
        self.admin = admin
        self.event_id = open_event(admin, **changes)
        self.resource_id: str = read_event(admin, self.event_id)["resourceId"]
        self.members = {name: member(app, f"chain-{name}") for name in "abcd"}
        self.ids = {name: id_of(actor) for name, actor in self.members.items()}
        self.shares: dict[str, str] = {}
        before: JsonObject = {}
        for name, actor in self.members.items():
            if before:
                share(actor, self.resource_id, "REACH", **before)
            self.shares[name] = share(actor, self.resource_id, **before)
            before = {"fromId": self.shares[name]}

    def counts(self, **body: Any) -> dict[str, tuple[int, int]]:
        """Of those that count anything: sign-ups and payments by name."""
        names = {member_id: name for name, member_id in self.ids.items()}
        answer = self.admin.post("/report/promotion_infos", {"eventIds": [self.event_id], **body})
        assert answer.code == "0", answer.message
        rows = {
            names[row["memberId"]]: (row["signUpCount"], row["payCount"])
            for row in answer.data
            if row["eventId"] == self.event_id
        }
        return {name: count for name, count in rows.items() if count != (0, 0)}


@pytest.fixture
def chain(app: Sandbox, admin: Actor) -> Chain:
    return Chain(app, admin)


@pytest.fixture
def priced(app: Sandbox, admin: Actor) -> Chain:
    return Chain(app, admin, **PRICED)


@pytest.mark.parametrize(
    ("who", "counted"), [("a", {"a"}), ("b", {"a", "b"}), ("c", {"b", "c"}), ("d", {"c", "d"})]
)
def test_sign_up_counts_for_the_member_and_the_referrer(chain: Chain, who: str, counted: set[str]) -> None:
    book(chain.admin, chain.members[who], chain.event_id)
    assert chain.counts() == dict.fromkeys(counted, (1, 0))


def test_referrers_referrer_counts_if_staff(chain: Chain, control: Actor) -> None:
    control.put(f"/members/{chain.ids['b']}", {"worker": True})
    book(chain.admin, chain.members["d"], chain.event_id)
    assert chain.counts() == dict.fromkeys("bcd", (1, 0))


def test_staff_further_up_does_not_count(chain: Chain, control: Actor) -> None:
    control.put(f"/members/{chain.ids['a']}", {"worker": True})
    book(chain.admin, chain.members["d"], chain.event_id)
    assert chain.counts() == dict.fromkeys("cd", (1, 0))


def test_payment_counts_along_the_same_chain(priced: Chain, control: Actor) -> None:
    control.put(f"/members/{priced.ids['a']}", {"worker": True})
    order_id = book(priced.admin, priced.members["c"], priced.event_id)
    assert priced.counts() == dict.fromkeys("abc", (1, 0))
    pay(priced.members["c"], order_id)
    assert priced.counts() == dict.fromkeys("abc", (1, 1))


def test_failed_payment_does_not_count(priced: Chain) -> None:
    order_id = book(priced.admin, priced.members["a"], priced.event_id)
    priced.members["a"].post(f"/payments/{order_id}")
    notify(priced.admin, order_id, result="FAILED")
    assert priced.counts() == {"a": (1, 0)}


@pytest.mark.parametrize("by", ["member", "console"])
@pytest.mark.parametrize("paid", [True, False])
def test_cancel_takes_back_what_the_order_added(priced: Chain, by: str, paid: bool) -> None:
    others = book(priced.admin, priced.members["b"], priced.event_id)
    pay(priced.members["b"], others)
    before = priced.counts()
    order_id = book(priced.admin, priced.members["c"], priced.event_id)
    if paid:
        pay(priced.members["c"], order_id)
    if by == "member":
        priced.members["c"].put(f"/event_orders/{order_id}")
    else:
        priced.admin.put(f"/event_orders/{order_id}/canceled")
    assert priced.counts() == before == dict.fromkeys("ab", (1, 1))


def test_cancel_takes_back_from_staff_who_is_none_any_more(chain: Chain, control: Actor) -> None:
    control.put(f"/members/{chain.ids['a']}", {"worker": True})
    order_id = book(chain.admin, chain.members["c"], chain.event_id)
    control.put(f"/members/{chain.ids['a']}", {"worker": False})
    chain.admin.put(f"/event_orders/{order_id}/canceled")
    assert chain.counts() == {}


def test_payment_of_new_staff_counts_and_cancel_takes_it_back_alone(priced: Chain, control: Actor) -> None:
    order_id = book(priced.admin, priced.members["c"], priced.event_id)
    control.put(f"/members/{priced.ids['a']}", {"worker": True})
    pay(priced.members["c"], order_id)
    assert priced.counts() == {"a": (0, 1), "b": (1, 1), "c": (1, 1)}
    priced.admin.put(f"/event_orders/{order_id}/canceled")
    assert priced.counts() == {}


def test_payment_time_out_takes_back_the_sign_up(priced: Chain, control: Actor) -> None:
    book(priced.admin, priced.members["b"], priced.event_id)
    control.put("/clock", {"advanceMs": 15 * MINUTE})
    assert priced.counts() == {}


def test_refused_reservation_takes_back_and_refused_cancel_does_not(app: Sandbox, admin: Actor) -> None:
    chain = Chain(app, admin, reservationReviewToggle=True, cancelReviewToggle=True)
    order_id = book(admin, chain.members["b"], chain.event_id)
    admin.put(f"/event_orders/{order_id}/review", {"approved": True})
    chain.members["b"].put(f"/event_orders/{order_id}")
    admin.put(f"/event_orders/{order_id}/review", {"approved": False})
    refused = book(admin, chain.members["d"], chain.event_id)
    admin.put(f"/event_orders/{refused}/review", {"approved": False})
    assert chain.counts() == dict.fromkeys("ab", (1, 0))


def test_ended_order_keeps_its_counts(chain: Chain, control: Actor) -> None:
    book(chain.admin, chain.members["b"], chain.event_id)
    control.put("/clock", {"now": START + 72 * HOUR})
    control.put("/clock", {"now": START})
    assert chain.counts() == dict.fromkeys("ab", (1, 0))


def test_child_info_keeps_the_chain(chain: Chain, rows: Rows) -> None:
    a, b, c, d = (int(chain.ids[name]) for name in "abcd")
    kept = rows(
        "SELECT child_member_id, member_id, root_member_id, from_member_ids,"
        " child_member_share_count AS shares, child_member_open_count AS opens,"
        " child_member_count AS children FROM member_child_info"
        " WHERE resource_id = ? ORDER BY id",
        chain.resource_id,
    )
    assert [tuple(row.values()) for row in kept] == [
        (b, a, a, f"{a}", 1, 1, 1),
        (c, b, a, f"{b},{a}", 1, 1, 1),
        (d, c, a, f"{c},{b},{a}", 1, 1, 0),
    ]


def test_share_keeps_parent_depth_and_root(chain: Chain, rows: Rows) -> None:
    kept = {
        row["id"]: row
        for row in rows("SELECT * FROM share_tracking WHERE resource_id = ?", chain.resource_id)
    }
    a, b, c, d = (kept[int(chain.shares[name])] for name in "abcd")
    assert [share["depth"] for share in (a, b, c, d)] == [1, 2, 3, 4]
    assert [share["from_id"] for share in (a, b, c, d)] == [None, a["id"], b["id"], c["id"]]
    assert {share["root_id"] for share in (a, b, c, d)} == {a["id"]}
    assert d["from_ids"] == f"{c['id']},{b['id']},{a['id']}"
    assert d["from_member_ids"] == f"{c['member_id']},{b['member_id']},{a['member_id']}"
    assert (a["resource_type"], a["from_ids"], a["from_member_ids"]) == ("EVENT", None, None)


def referrer(rows: Rows, child_id: str) -> list[str]:
    found = rows("SELECT member_id FROM member_child_info WHERE child_member_id = ?", int(child_id))
    return [str(row["member_id"]) for row in found]


def test_first_referrer_stays(chain: Chain, rows: Rows) -> None:
    share(chain.members["d"], chain.resource_id, "REACH", fromMemberId=chain.ids["a"])
    assert referrer(rows, chain.ids["d"]) == [chain.ids["c"]]


@pytest.mark.parametrize("named", ["a", "b", "d"])
def test_nobody_is_brought_by_themselves_nor_by_whom_they_brought(
    chain: Chain, rows: Rows, named: str
) -> None:
    share(chain.members["a"], chain.resource_id, "REACH", fromMemberId=chain.ids[named])
    assert referrer(rows, chain.ids["a"]) == []


def test_share_alone_brings_nobody(app: Sandbox, chain: Chain, rows: Rows) -> None:
    newcomer = member(app, "newcomer")
    share(newcomer, chain.resource_id, fromId=chain.shares["a"])
    assert referrer(rows, id_of(newcomer)) == []
    share(newcomer, chain.resource_id, "REACH", fromMemberId=chain.ids["b"])
    assert referrer(rows, id_of(newcomer)) == [chain.ids["b"]]


def test_share_names_the_referrer_before_the_member_does(app: Sandbox, chain: Chain, rows: Rows) -> None:
    newcomer = member(app, "newcomer")
    share(newcomer, chain.resource_id, "REACH", fromId=chain.shares["a"], fromMemberId=chain.ids["b"])
    assert referrer(rows, id_of(newcomer)) == [chain.ids["a"]]


def test_referrer_counts_for_the_resource_alone(chain: Chain) -> None:
    elsewhere = open_event(chain.admin, resourceId="hd_2")
    book(chain.admin, chain.members["d"], elsewhere)
    rows = chain.admin.post("/report/promotion_infos", {"eventIds": [elsewhere]}).data
    assert [row["memberId"] for row in rows] == [chain.ids["d"]]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"resourceId": "hd_absent"}, "40401"),
        ({"fromId": "1"}, "40401"),
        ({"fromMemberId": "1"}, "40401"),
        ({"type": "LOOK"}, "40001"),
        ({"type": None}, "40001"),
        ({"resourceId": None}, "40001"),
        ({"fromId": 1}, "40001"),
    ],
)
def test_share_that_does_not_fit_is_refused(chain: Chain, rows: Rows, change: Any, code: str) -> None:
    before = rows("SELECT * FROM share_tracking")
    body = {"resourceId": chain.resource_id, "type": "SHARE", **change}
    assert chain.members["a"].post("/shares", body).code == code
    assert rows("SELECT * FROM share_tracking") == before


def test_share_by_one_of_another_resource_is_40001(chain: Chain) -> None:
    elsewhere = read_event(chain.admin, open_event(chain.admin, resourceId="hd_2"))["resourceId"]
    body = {"resourceId": elsewhere, "type": "REACH", "fromId": chain.shares["a"]}
    assert chain.members["d"].post("/shares", body).code == "40001"


def test_share_of_another_organization_is_40401(app: Sandbox, chain: Chain) -> None:
    stranger = member(app, "stranger", "wx-sandbox-other")
    assert stranger.post("/shares", {"resourceId": chain.resource_id, "type": "SHARE"}).code == "40401"


def test_report_names_the_member(admin: Actor, plain: Actor) -> None:
    event_id = open_event(admin)
    book(admin, plain, event_id)
    me = plain.get("/members").data
    assert admin.post("/report/promotion_infos", {"eventIds": [event_id]}).data == [
        {
            "memberId": me["id"],
            "memberName": me["name"],
            "memberMobile": me["mobile"],
            "eventId": event_id,
            "signUpCount": 1,
            "payCount": 0,
        }
    ]


def test_report_is_filtered_by_its_body(chain: Chain, plain: Actor) -> None:
    chain.ids["plain"] = id_of(plain)
    me = plain.get("/members").data
    book(chain.admin, plain, chain.event_id)
    book(chain.admin, chain.members["a"], chain.event_id)
    mine = {"plain": (1, 0)}
    assert chain.counts(memberMobile=me["mobile"]) == mine
    assert chain.counts(memberNo=me["id"]) == mine
    assert chain.counts(memberNickName=me["nickName"][1:-1].upper()) == mine
    assert chain.counts(memberMobile=me["mobile"][:-1]) == {}
    assert chain.counts(memberNo="x") == {}
    nothing = {"memberMobile": "", "memberNo": None, "memberNickName": "", "startTime": None}
    assert chain.counts(**nothing) == {**mine, "a": (1, 0)}


@pytest.mark.parametrize(
    ("start", "end", "counts"),
    [(0, 1000, True), (-1000, 0, False), (1000, HOUR, False), (None, 1000, True), (0, None, True)],
)
def test_report_is_filtered_by_the_time_of_the_count(
    chain: Chain, start: int | None, end: int | None, counts: bool
) -> None:
    book(chain.admin, chain.members["a"], chain.event_id)
    times = {
        name: START + offset
        for name, offset in (("startTime", start), ("endTime", end))
        if offset is not None
    }
    assert chain.counts(**times) == ({"a": (1, 0)} if counts else {})


def test_report_is_paged_when_asked(chain: Chain) -> None:
    for name in "bd":
        book(chain.admin, chain.members[name], chain.event_id)
    body = {"eventIds": [chain.event_id]}
    whole = chain.admin.post("/report/promotion_infos", body)
    pages = [chain.admin.post("/report/promotion_infos", body, page=page, size=3).data for page in (1, 2)]
    assert (len(whole.data), whole.envelope["total"]) == (4, 4)
    assert pages == [whole.data[:3], whole.data[3:]]


def test_reports_are_of_their_kind_and_organization(app: Sandbox, chain: Chain, other: Actor) -> None:
    book(chain.admin, chain.members["a"], chain.event_id)
    body = {"eventIds": [chain.event_id]}
    viewer = tenant(app, "viewer")
    assert len(viewer.post("/report/promotion_infos", body).data) == 1
    assert viewer.post("/group_buy_event_order/group_buy_order_infos", body).data == []
    assert other.post("/report/promotion_infos", body).data == []


@pytest.mark.parametrize(
    "change", [{"eventIds": "1"}, {"eventIds": [1]}, {"startTime": "x"}, {"memberNo": 1}]
)
def test_report_body_that_does_not_fit_is_40001(admin: Actor, change: Any) -> None:
    assert admin.post("/report/promotion_infos", change).code == "40001"


def test_seed_has_a_chain_up_to_staff(admin: Actor, plain: Actor, rows: Rows) -> None:
    chains = rows(
        "SELECT from_member_ids FROM member_child_info WHERE child_member_id = ?", int(id_of(plain))
    )
    staff = str(member(admin.app, "staff").get("/members").data["id"])
    assert chains
    assert all(row["from_member_ids"].split(",")[-1] == staff for row in chains)
