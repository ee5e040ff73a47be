"""Group-buys (拼课团): their valid body, and their workshop."""

from collections.abc import Mapping
from itertools import product
from typing import Any

from faker import Faker

from clients import AdminClient, Answer
from clients.admin.activities import Activities
from clients.bodies import GroupBuy, GroupBuyBody, Specifications, TeamRule
from harness.builders import customer_server_show, picture
from harness.clock import DAY, HOUR
from harness.workshop import Workshop, picked


def team_rule(size: int) -> TeamRule:
    """A free rule for teams of this size."""
    return {
        "size": size,
        "leaderPrice": 0,
        "memberPrice": 0,
        "maxNumber": size * 10,
        "begintNumber": 0,
        "canJoin": True,
    }


def group_buy_body(
    fake: Faker, mark: str, now: int, *, resource_id: str, first: str, second: str, store: str
) -> GroupBuyBody:
    """A group-buy not yet open, with every field of the contract filled; `mark` is in title and brief.

    `first` and `second` are ids of event categories of the two levels, `store` a store's organizationId.
    """
    return {
        "resourceId": resource_id,
        "titile": f"{fake.city_name()}{fake.word()}拼课 {mark}",
        "descr": f"{fake.sentence()} {mark}",
        "detail": f"<p>{fake.paragraph()}</p>",
        "banner": picture(fake, "banner"),
        "coverImage": picture(fake, "cover"),
        "guideImage": picture(fake, "guide"),
        "shareImageUrl": picture(fake, "share"),
        "beginTime": now + DAY,
        "endTime": now + 7 * DAY,
        "effectiveType": "RELATIVE_DATE",
        "effectiveHours": 48,
        "effectiveBeginTime": now + DAY,
        "effectiveEndTime": now + 30 * DAY,
        "teamLastTimeType": "LIMITED",
        "teamLastTimeHours": 24,
        "remindTimeType": "END",
        "remindHours": 2,
        "repeatJoin": True,
        "studentCanJoin": True,
        "cancelReviewToggle": False,
        "checkinQrcodeToggle": False,
        "price": fake.random_int(10000, 99900),
        "enable": False,
        "recommend": False,
        "form": "[]",
        "tags": [fake.word(), fake.word()],
        "storeOrgIds": [store],
        "eventCategoryFirstId": first,
        "eventCategorySecondId": second,
        "customerServerShowVO": customer_server_show(fake),
        "customerServerGuideOpened": True,
        "groupBuyEventTeamRules": [team_rule(2)],
        "robotRules": [{"type": "BEGIN", "offsetTime": HOUR, "probability": 0, "begintNumber": 0}],
    }


class GroupBuyWorkshop(Workshop[GroupBuy]):
    """Valid group-buy bodies, and group-buys made of them."""

    prefix = "pt"
    title = "titile"
    brief = "descr"
    switch = "enable"

    def calls(self, caller: AdminClient | None = None) -> Activities[GroupBuy]:
        return (caller or self.admin).group_buys

    def turn(self, row_id: str, on: bool | str | None, caller: AdminClient | None = None) -> Answer[Any]:
        return (caller or self.admin).group_buys.enable(row_id, on)

    def valid_body(self, resource_id: str) -> Mapping[str, Any]:
        made = self._material
        return group_buy_body(
            made.fake,
            self.mark,
            made.clock.now(),
            resource_id=resource_id,
            first=made.known_ids("category_first"),
            second=made.known_ids("category_second"),
            store=made.known_ids("store"),
        )

    def writable(self, row: GroupBuy) -> dict[str, Any]:
        return picked(row, GroupBuyBody)

    def make_specified(
        self, levels: Mapping[str, list[str]], changes: Mapping[str, Any] | None = None
    ) -> GroupBuy:
        """A group-buy with specifications of these levels, changed as a case says, as it is read."""
        made = self.make()
        self.admin.group_buys.specify(made["id"], self.changed(specified(levels), changes or {})).require_ok()
        return self.read(made)


def specified(levels: Mapping[str, list[str]]) -> Specifications:
    """Specifications of these levels (name to values), every combination enabled."""
    combinations = [",".join(values) for values in product(*levels.values())]
    return {
        "specificationConfs": [
            {"level": number, "name": name, "values": ",".join(values)}
            for number, (name, values) in enumerate(levels.items(), 1)
        ],
        "groupBuyEventSpecificationDetails": [
            {
                "values": values,
                "enabled": True,
                "orderNo": number,
                "trainingClassId": str(9000 + number),
                "trainingClassName": f"{values}班",
            }
            for number, values in enumerate(combinations, 1)
        ],
    }
