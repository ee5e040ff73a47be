"""The admin console, `/dab`."""

from collections.abc import Mapping
from typing import Any

from clients.admin.checkin_qrcodes import CheckinQrcodes
from clients.admin.event_orders import EventOrders
from clients.admin.events import Events
from clients.admin.group_buy_orders import GroupBuyOrders
from clients.admin.group_buys import GroupBuys
from clients.admin.one_yuan import OneYuanGroups, OneYuanOrders, OneYuanProducts
from clients.admin.pick_lists import Channels, EventCategories, Resources, Stores
from clients.admin.reports import Reports
from clients.admin.workers import Workers
from clients.auth import SignIn, tenant_login
from clients.bodies import TenantToken
from clients.response import Answer
from clients.transport import Transport

__all__ = ["AdminClient"]


class AdminClient:
    """One tenant at the console: `admin.events.list(search_word=…)`."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport
        self.events = Events(transport)
        self.event_orders = EventOrders(transport)
        self.group_buys = GroupBuys(transport)
        self.group_buy_orders = GroupBuyOrders(transport)
        self.one_yuan_products = OneYuanProducts(transport)
        self.one_yuan_orders = OneYuanOrders(transport)
        self.one_yuan_groups = OneYuanGroups(transport)
        self.reports = Reports(transport)
        self.workers = Workers(transport)
        self.checkin_qrcodes = CheckinQrcodes(transport)
        self.resources = Resources(transport)
        self.event_categories = EventCategories(transport)
        self.stores = Stores(transport)
        self.channels = Channels(transport)

    def signed_in(self, sign_in: SignIn) -> "AdminClient":
        """The same console, as another tenant."""
        return AdminClient(self.transport.signed_in(sign_in))

    def login(self, body: Mapping[str, Any]) -> Answer[TenantToken]:
        """One sign-in call by itself (A-01); callers that only need a session use a `SignIn`."""
        return tenant_login(self.transport.call, body)
