"""The member's mini-program (小程序), `/clt`."""

from clients.auth import SignIn, wechat_login
from clients.bodies import Member, MemberToken
from clients.member.event_orders import MemberEventOrders
from clients.member.events import MemberEvents
from clients.member.group_buy_orders import MemberGroupBuyOrders
from clients.member.group_buys import MemberGroupBuys
from clients.member.one_yuan import MemberOneYuanGroups, MemberOneYuanOrders, MemberOneYuanProducts
from clients.member.payments import MemberPayments
from clients.member.resources import MemberResources
from clients.member.shares import MemberShares
from clients.response import Answer
from clients.transport import Transport

__all__ = ["MemberClient"]


class MemberClient:
    """One member at the mini-program: `member.events.get(id)`."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport
        self.events = MemberEvents(transport)
        self.event_orders = MemberEventOrders(transport)
        self.group_buys = MemberGroupBuys(transport)
        self.group_buy_orders = MemberGroupBuyOrders(transport)
        self.one_yuan_products = MemberOneYuanProducts(transport)
        self.one_yuan_groups = MemberOneYuanGroups(transport)
        self.one_yuan_orders = MemberOneYuanOrders(transport)
        self.payments = MemberPayments(transport)
        self.shares = MemberShares(transport)
        self.resources = MemberResources(transport)

    def signed_in(self, sign_in: SignIn) -> "MemberClient":
        """The same mini-program, as another member."""
        return MemberClient(self.transport.signed_in(sign_in))

    def me(self) -> Answer[Member]:
        """The signed-in member."""
        return self.transport.call("member.members.me", "GET", "members")

    def login(self, app_id: str | None, code: str | None) -> Answer[MemberToken]:
        """One WeChat sign-in call by itself; a code may be good for one use, so it is never sent again."""
        return wechat_login(self.transport.call, app_id, code)
