"""The lists that other bodies pick from, and new resource ids."""

from clients.bodies import Channel, EventCategory, Paging, Store
from clients.response import Answer
from clients.transport import Resource


class Resources(Resource):
    def new_id(self, type_: str | None) -> Answer[str]:
        """A new resource id `<type>_<id>`: `hd` for events, `pt` for group-buys."""
        path = "common/get_new_resource_id"
        return self._transport.call("admin.resources.new_id", "GET", path, params={"type": type_})


class EventCategories(Resource):
    def list(self) -> Answer[list[EventCategory]]:
        """Both levels in one array; they are shared by all organizations (C-14)."""
        return self._transport.call("admin.event_categories.list", "GET", "event_category")


class Stores(Resource):
    def list(self, *, page: Paging = None, size: Paging = None) -> Answer[list[Store]]:
        params = {"page": page, "size": size}
        return self._transport.call("admin.stores.list", "GET", "organizations/store_list", params=params)


class Channels(Resource):
    def list(self, *, page: Paging = None, size: Paging = None) -> Answer[list[Channel]]:
        params = {"page": page, "size": size}
        return self._transport.call("admin.channels.list", "GET", "channel/list", params=params)
