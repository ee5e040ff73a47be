"""Events (活动): their valid body, and their workshop."""

from collections.abc import Mapping
from typing import Any

from faker import Faker

from clients import AdminClient, Answer
from clients.admin.activities import Activities
from clients.bodies import Event, EventBody, EventSession
from harness.builders import customer_server_show, event_session, picture
from harness.clock import DAY
from harness.workshop import Workshop, picked

WRITABLE_OF_SESSION = EventSession.__annotations__.keys() - {"seatsLeft", "applicableStoreCount"}


def event_body(fake: Faker, mark: str, now: int, *, resource_id: str, first: str, second: str) -> EventBody:
    """An event not yet open, with every field of the contract filled; `mark` stands in its name and brief.

    `first` and `second` are ids of event categories of the two levels.
    """
    return {
        "resourceId": resource_id,
        "name": f"{fake.city_name()}{fake.word()}体验课 {mark}",
        "brief": f"{fake.sentence()} {mark}",
        "banner": picture(fake, "banner"),
        "coverImage": picture(fake, "cover"),
        "guideImage": picture(fake, "guide"),
        "shareImageUrl": picture(fake, "share"),
        "detail": f"<p>{fake.paragraph()}</p>",
        "beginTime": now + DAY,
        "endTime": now + 7 * DAY,
        "lastTime": now + 6 * DAY,
        "published": False,
        "chargeToggle": False,
        "chargedAmount": 0,
        "reservationReviewToggle": False,
        "cancelReviewToggle": False,
        "checkinQrcodeToggle": False,
        "form": "[]",
        "tags": [fake.word(), fake.word()],
        "smsTemplateId": f"SMS_{fake.random_int(100000, 999999)}",
        "couponBatch": f"CB{fake.random_int(1000, 9999)}",
        "eventCategoryFirstId": first,
        "eventCategorySecondId": second,
        "customerServerShowVO": customer_server_show(fake),
        "customerServerGuideOpened": True,
        "eventSessionList": [event_session(fake, now)],
    }


class EventWorkshop(Workshop[Event]):
    """Valid event bodies, and events made of them."""

    prefix = "hd"
    title = "name"
    brief = "brief"
    switch = "published"

    def calls(self, caller: AdminClient | None = None) -> Activities[Event]:
        return (caller or self.admin).events

    def turn(self, row_id: str, on: bool | str | None, caller: AdminClient | None = None) -> Answer[Any]:
        return (caller or self.admin).events.publish(row_id, on)

    def valid_body(self, resource_id: str) -> Mapping[str, Any]:
        made = self._material
        return event_body(
            made.fake,
            self.mark,
            made.clock.now(),
            resource_id=resource_id,
            first=made.known_ids("category_first"),
            second=made.known_ids("category_second"),
        )

    def writable(self, row: Event) -> dict[str, Any]:
        sessions = [
            {key: value for key, value in session.items() if key in WRITABLE_OF_SESSION}
            for session in row["eventSessionList"]
        ]
        return {**picked(row, EventBody), "eventSessionList": sessions}
