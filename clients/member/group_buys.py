"""Group-buys (拼课团) on the mini-program: the page comes in three loads."""

from clients.bodies import GroupBuy
from clients.response import Answer
from clients.transport import Resource, segment

PATH = "group_buy_event"


class MemberGroupBuys(Resource):
    def get(self, group_buy_id: str) -> Answer[GroupBuy]:
        """The first load: the basics, with the team rules."""
        return self._transport.call("member.group_buys.get", "GET", f"{PATH}/{segment(group_buy_id)}")

    def redemption(self, group_buy_id: str) -> Answer[GroupBuy]:
        """The second load: where and until when it can be redeemed."""
        path = f"{PATH}/groupBuyEventDetailSecond/{segment(group_buy_id)}"
        return self._transport.call("member.group_buys.redemption", "GET", path)

    def specifications(self, group_buy_id: str) -> Answer[GroupBuy]:
        """The third load: the specifications and their classes."""
        path = f"{PATH}/groupBuyEventDetailThree/{segment(group_buy_id)}"
        return self._transport.call("member.group_buys.specifications", "GET", path)
