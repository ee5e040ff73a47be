"""What the console sends of a group-buy (api.md, "Bodies") and what must hold inside it (G-01 to G-04)."""

from dataclasses import dataclass
from typing import Final

from sandbox.rules.activity_bodies import ActivityBody, check_distinct_ids, check_times
from sandbox.rules.bodies import Nested, defaulted, optional, required
from sandbox.rules.kinds import ID_LIMIT, Flag, Id, ListOf, Moment, Text, Whole, Word
from sandbox.rules.refusals import invalid

RELATIVE_DATE: Final = "RELATIVE_DATE"
ABSOLUTE_DATE: Final = "ABSOLUTE_DATE"
LIMITED: Final = "LIMITED"
LIMITLESS: Final = "LIMITLESS"
BEGIN: Final = "BEGIN"
END: Final = "END"


@dataclass(frozen=True, kw_only=True)
class TeamRuleBody:
    size: int = required(Whole(1))
    leader_price: int = required(Whole(0))
    member_price: int = required(Whole(0))
    max_number: int = required(Whole(1))
    begint_number: int = required(Whole(0))
    can_join: bool | None = optional(Flag())


@dataclass(frozen=True, kw_only=True)
class RobotRuleBody:
    id: int | None = optional(Id())
    type: str = required(Word((BEGIN, END)))
    offset_time: int = required(Whole(0, ID_LIMIT))
    probability: int = required(Whole(0, 100))
    begint_number: int | None = optional(Whole(0))


@dataclass(frozen=True, kw_only=True)
class GroupBuyBody(ActivityBody):
    resource_id: str = required(Text(prefix="pt_"))
    titile: str = required(Text(blank=False))
    descr: str | None = optional(Text())
    banner: str | None = optional(Text())
    cover_image: str | None = optional(Text())
    effective_type: str | None = optional(Word((RELATIVE_DATE, ABSOLUTE_DATE)))
    effective_hours: int | None = optional(Whole())
    effective_begin_time: int | None = optional(Moment())
    effective_end_time: int | None = optional(Moment())
    team_last_time_type: str | None = optional(Word((LIMITLESS, LIMITED)))
    team_last_time_hours: int | None = optional(Whole())
    remind_time_type: str | None = optional(Word((BEGIN, END)))
    remind_hours: int | None = optional(Whole())
    repeat_join: bool | None = optional(Flag())
    student_can_join: bool | None = optional(Flag())
    price: int | None = optional(Whole(0))
    enable: bool = defaulted(Flag(), default=False)
    recommend: bool = defaulted(Flag(), default=False)
    store_org_ids: tuple[int, ...] | None = optional(ListOf(Id()))
    group_buy_event_team_rules: tuple[TeamRuleBody, ...] = required(ListOf(Nested(TeamRuleBody), filled=True))
    robot_rules: tuple[RobotRuleBody, ...] = defaulted(ListOf(Nested(RobotRuleBody)), default=())


def check_group_buy(body: GroupBuyBody) -> None:
    """What no field can say alone; a field that its type does not use is not judged."""
    check_times(body)
    _check_effective_time(body)
    if body.team_last_time_type == LIMITED:
        _check_at_least(1, body.team_last_time_hours, "teamLastTimeHours")
    if body.remind_time_type is not None:
        _check_at_least(0, body.remind_hours, "remindHours")
    _check_team_rules(body.group_buy_event_team_rules)
    check_distinct_ids([robot.id for robot in body.robot_rules], "robotRules")


def _check_effective_time(body: GroupBuyBody) -> None:
    if body.effective_type == RELATIVE_DATE:
        _check_at_least(1, body.effective_hours, "effectiveHours")
    if body.effective_type == ABSOLUTE_DATE:
        if body.effective_begin_time is None:
            raise invalid("effectiveBeginTime", "不能为空")
        if body.effective_end_time is None:
            raise invalid("effectiveEndTime", "不能为空")
        if body.effective_begin_time >= body.effective_end_time:
            raise invalid("effectiveBeginTime", "应早于 effectiveEndTime")


def _check_at_least(low: int, value: int | None, where: str) -> None:
    if value is None:
        raise invalid(where, "不能为空")
    Whole(low).read(value, where)


def _check_team_rules(rules: tuple[TeamRuleBody, ...]) -> None:
    sizes: set[int] = set()
    for index, rule in enumerate(rules):
        where = f"groupBuyEventTeamRules[{index}]"
        if rule.max_number < rule.size:
            raise invalid(f"{where}.maxNumber", "不能小于 size")
        if rule.size in sizes:
            raise invalid(f"{where}.size", "重复")
        sizes.add(rule.size)
