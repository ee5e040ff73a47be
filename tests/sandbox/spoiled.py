"""The same calls in a sandbox without a seeded defect and in one with it, and a look at the rows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import create_engine, text

from sandbox import Sandbox
from tests.sandbox.actors import Actor, Answer, member, tenant

Heard = list[tuple[int, bytes]]
Rows = list[tuple[Any, ...]]

OURS: Final = "夏日"  # in the name of what the tests make
EVERYTHING: Final = {"size": 1000}
MEMBERS: Final = ("plain", "first", "second", "leader")
OF_AN_EVENT: Final = ("/event_orders/get_order_list", "/event_checkin_qrcode/list")
OF_A_GROUP_BUY: Final = ("teams", "event_rule/numbers", "orders", "search")
ON_THE_CONSOLE: Final = (
    "/event/list",
    "/group_buy_event/list",
    "/workers",
    "/organizations/store_list",
    "/channel/list",
    "/one_yuan_products/list",
    "/one_yuan_groups/list",
)
REPORTS: Final = ("/report/promotion_infos", "/group_buy_event_order/group_buy_order_infos")
OF_A_MEMBER: Final = (
    "/members",
    "/event_orders",
    "/group_buy_event/orders",
    "/one_yuan/products",
    "/one_yuan/groups",
)


@dataclass(frozen=True)
class Listening(Actor):
    """An actor whose answers are kept."""

    heard: Heard = field(default_factory=list)

    def call(self, method: str, path: str, **options: Any) -> Answer:
        answer = super().call(method, path, **options)
        self.heard.append((answer.status, answer.response.get_data()))
        return answer


@dataclass(frozen=True)
class Scene:
    """One sandbox, who acts in it, and what they are answered."""

    app: Sandbox
    heard: Heard = field(default_factory=list)

    @property
    def admin(self) -> Actor:
        return self._listening(tenant(self.app, "admin"))

    @property
    def plain(self) -> Actor:
        return self.member("plain")

    @property
    def control(self) -> Actor:
        return Actor(self.app, "/_sandbox")

    def member(self, code: str) -> Actor:
        return self._listening(member(self.app, code))

    def later(self) -> None:
        """A second passes, so that a time which moves is seen to move."""
        self.control.put("/clock", {"advanceMs": 1000})

    def look_around(self) -> None:
        """Hears what every list and report answers."""
        admin = self.admin
        for path in ON_THE_CONSOLE:
            admin.get(path, **EVERYTHING)
        for path in REPORTS:
            admin.post(path, {}, **EVERYTHING)
        for event in admin.get("/event/list", searchWord=OURS).data:
            for path in OF_AN_EVENT:
                admin.post(path, {"eventId": event["id"]}, eventId=event["id"], **EVERYTHING)
        for group_buy in admin.get("/group_buy_event/list", searchWord=OURS).data:
            for path in OF_A_GROUP_BUY:
                admin.get(f"/group_buy_event_order/{path}", groupBuyEventId=group_buy["id"], **EVERYTHING)
        for code in MEMBERS:
            who = self.member(code)
            for path in OF_A_MEMBER:
                who.get(path, **EVERYTHING)

    def _listening(self, actor: Actor) -> Listening:
        return Listening(actor.app, actor.front, actor.headers, self.heard)


@dataclass(frozen=True)
class Trial:
    """Calls that a defect spoils, and what a query then finds: where it is off, and where it is on."""

    calls: Callable[[Scene], None]
    query: str
    right: Rows
    wrong: Rows


def play(app: Sandbox, trial: Trial, *faults: str) -> tuple[Heard, list[Any], Rows]:
    """All answers, the messages that went out, and the rows."""
    scene = Scene(app)
    with _on(scene.control, *faults):
        trial.calls(scene)
        scene.look_around()
        told = [message["body"] for message in scene.control.get("/messages").data]
    return scene.heard, told, _found(app, trial.query)


@contextmanager
def _on(control: Actor, *faults: str) -> Iterator[None]:
    control.post("/reset")
    assert control.put("/faults", {"names": faults}).data == list(faults)
    try:
        yield
    finally:
        control.put("/faults", {"names": []})


def _found(app: Sandbox, query: str) -> Rows:
    """Through a connection that is not the sandbox's."""
    engine = create_engine(app.database_url)
    try:
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query))]
    finally:
        engine.dispose()
