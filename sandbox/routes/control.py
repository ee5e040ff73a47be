"""`/_sandbox`: what no platform has and every test wants. Open to all."""

from dataclasses import asdict, dataclass

from flask import Blueprint, Response, request

from sandbox.faults.registry import KNOWN, UnknownFaultError
from sandbox.releases.registry import KNOWN as KNOWN_CHANGES
from sandbox.routes.answers import ok
from sandbox.routes.context import transaction, world
from sandbox.routes.reading import json_body
from sandbox.rules.bodies import optional, read_body, required
from sandbox.rules.expiries import lock_clock, run_expiries
from sandbox.rules.kinds import ListOf, Text, Whole, as_id
from sandbox.rules.members import MemberChange, change_member, find_member
from sandbox.rules.refusals import invalid
from sandbox.seed.sheet import seed_sheet
from sandbox.settings import CLOCK_EARLIEST, CLOCK_LATEST

blueprint = Blueprint("control", __name__)

CLOCK_RANGE = Whole(CLOCK_EARLIEST, CLOCK_LATEST)


@dataclass(frozen=True, kw_only=True)
class ClockBody:
    now: int | None = optional(CLOCK_RANGE)
    advance_ms: int | None = optional(Whole(0, CLOCK_RANGE.high))


@dataclass(frozen=True, kw_only=True)
class FaultsBody:
    names: tuple[str, ...] = required(ListOf(Text()))


@blueprint.get("/clock")
def get_clock() -> Response:
    return ok({"now": world().clock.now})


@blueprint.put("/clock")
def put_clock() -> Response:
    body = read_body(ClockBody, json_body())
    lock_clock(transaction())
    clock = world().clock
    before = clock.now
    clock.set(_moved(before, body))
    try:
        run_expiries(transaction())
        transaction().commit()
    except BaseException:
        clock.set(before)  # the clock and what it brings about move together
        raise
    return get_clock()


def _moved(before: int, body: ClockBody) -> int:
    match body.now, body.advance_ms:
        case int(now), None:
            return now
        case None, int(step):
            return CLOCK_RANGE.read(before + step, "advanceMs")
        case _:
            raise invalid("now", "与 advanceMs 应给且只给一个")


@blueprint.post("/tick")
def tick() -> Response:
    run_expiries(transaction())
    return ok()


@blueprint.post("/reset")
def reset() -> Response:
    world().reset()
    return ok()


@blueprint.put("/members/<member_id>")
def put_member(member_id: str) -> Response:
    given = json_body()
    member = find_member(transaction(), as_id(member_id))
    return ok(change_member(transaction(), member, read_body(MemberChange, given)))


@blueprint.get("/faults")
def get_faults() -> Response:
    on = world().faults.names
    shown = [
        {"name": fault.name, "rules": fault.rules, "description": fault.description, "on": fault.name in on}
        for fault in KNOWN.values()
    ]
    return ok(shown)


@blueprint.put("/faults")
def put_faults() -> Response:
    """Answers the names that are on."""
    body = read_body(FaultsBody, json_body())
    try:
        world().turn_on(body.names)
    except UnknownFaultError as error:
        hint = f"相近的有 {'、'.join(error.near)}" if error.near else "全部名称见 GET /_sandbox/faults"
        raise invalid("names", f"中的 {error.name} 不是已知的缺陷，{hint}") from error
    return ok(world().faults.names)


@blueprint.get("/changes")
def get_changes() -> Response:
    on = world().changes.names
    shown = [
        {
            "name": change.name,
            "calls": change.calls,
            "kind": change.kind,
            "rating": change.rating,
            "description": change.description,
            "descriptionChinese": change.description_chinese,
            "on": change.name in on,
        }
        for change in KNOWN_CHANGES.values()
    ]
    return ok(shown)


@blueprint.get("/messages")
def get_messages() -> Response:
    published = world().relay.published(request.args.get("topic") or None)
    return ok([asdict(message) for message in published])


@blueprint.get("/seed")
def get_seed() -> Response:
    return ok(seed_sheet())
