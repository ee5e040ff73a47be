"""Valid bodies, for a test to change in one place. Every value comes from the seeded Faker and the clock."""

from faker import Faker

from clients.bodies import EventBody, EventSession
from harness.clock import DAY, HOUR

IMAGES = "https://img.example.test"


def event_session(fake: Faker, now: int) -> EventSession:
    """A session at an address, two days long, wholly inside `event_body`'s times."""
    return {
        "startTime": now + 2 * DAY,
        "endTime": now + 2 * DAY + 2 * HOUR,
        "quota": fake.random_int(20, 200),
        "address": fake.address(),
        "placeType": "ADDRESS",
        "latitude": str(fake.latitude()),
        "longitude": str(fake.longitude()),
    }


def event_body(fake: Faker, mark: str, now: int, *, resource_id: str, first: str, second: str) -> EventBody:
    """An event not yet open, with every field of the contract filled; `mark` stands in its name.

    `first` and `second` are ids of event categories of the two levels.
    """
    return {
        "resourceId": resource_id,
        "name": f"{fake.city_name()}{fake.word()}体验课 {mark}",
        "brief": fake.sentence(),
        "banner": f"{IMAGES}/banner/{fake.uuid4()}.jpg",
        "coverImage": f"{IMAGES}/cover/{fake.uuid4()}.jpg",
        "guideImage": f"{IMAGES}/guide/{fake.uuid4()}.jpg",
        "shareImageUrl": f"{IMAGES}/share/{fake.uuid4()}.jpg",
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
        "customerServerShowVO": {
            "title": fake.word(),
            "image": f"{IMAGES}/qr/{fake.uuid4()}.png",
            "iconName": "kefu",
            "status": True,
        },
        "customerServerGuideOpened": True,
        "eventSessionList": [event_session(fake, now)],
    }
