"""Parts of valid bodies that several kinds share. Every value comes from the seeded Faker and the clock."""

from faker import Faker

from clients.bodies import CustomerServerShow, EventSession
from harness.clock import DAY, HOUR

IMAGES = "https://img.example.test"


def picture(fake: Faker, use: str) -> str:
    return f"{IMAGES}/{use}/{fake.uuid4()}.jpg"


def customer_server_show(fake: Faker) -> CustomerServerShow:
    return {"title": fake.word(), "image": picture(fake, "qr"), "iconName": "kefu", "status": True}


def event_session(fake: Faker, now: int) -> EventSession:
    """A session at an address, two days from now, wholly inside the times of a valid event."""
    return {
        "startTime": now + 2 * DAY,
        "endTime": now + 2 * DAY + 2 * HOUR,
        "quota": fake.random_int(20, 200),
        "address": fake.address(),
        "placeType": "ADDRESS",
        "latitude": str(fake.latitude()),
        "longitude": str(fake.longitude()),
    }
