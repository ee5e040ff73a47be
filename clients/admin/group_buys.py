"""Group-buys (拼课团) on the admin console, and where they are launched."""

from collections.abc import Sequence
from typing import Any

from clients.admin.activities import Activities
from clients.bodies import AnyBody, GroupBuy, Launch, Paging
from clients.permissions import Effect
from clients.response import Answer

Launches = list[Launch]


class GroupBuys(Activities[GroupBuy]):
    """Its `copy` answers the new id (G-12)."""

    name = "admin.group_buys"
    path = "group_buy_event"

    def enable(self, group_buy_id: str, enable: bool | str | None) -> Answer[Any]:
        """Publish or withdraw; form-encoded (C-16)."""
        return self._switch(group_buy_id, "enable", enable)

    def specify(self, group_buy_id: str, specifications: AnyBody) -> Answer[Any]:
        """Set the specifications and their classes (G-11), in place of what was there."""
        path = f"{self._at(group_buy_id)}/specification"
        return self._transport.call("admin.group_buys.specify", "PUT", path, json=specifications)

    def launch(self, body: AnyBody) -> Answer[Any]:
        """Put it into each of `orgIds` by each of `channelIds`; once more changes nothing (G-13)."""
        return self._transport.call("admin.group_buys.launch", "POST", f"{self.path}/launch", json=body)

    def launches(
        self,
        group_buy_id: str,
        *,
        org_ids: Sequence[str] | None = None,
        channel_ids: Sequence[str] | None = None,
        page: Paging = None,
        size: Paging = None,
    ) -> Answer[Launches]:
        """Where it is launched; None leaves a filter out."""
        body = _places(group_buy_id, org_ids, channel_ids)
        params = {"page": page, "size": size}
        name, path = "admin.group_buys.launches", f"{self.path}/launch_list"
        return self._transport.call(name, "POST", path, params=params, json=body, effect=Effect.READS)

    def launches_file(
        self,
        group_buy_id: str,
        *,
        org_ids: Sequence[str] | None = None,
        channel_ids: Sequence[str] | None = None,
    ) -> Answer[bytes]:
        """The same as an .xlsx file, whole."""
        body = _places(group_buy_id, org_ids, channel_ids)
        name, path = "admin.group_buys.launches_file", f"{self.path}/url_list_excel"
        return self._transport.call(name, "POST", path, json=body, effect=Effect.READS, file=True)


def _places(
    group_buy_id: str, org_ids: Sequence[str] | None, channel_ids: Sequence[str] | None
) -> dict[str, object]:
    lists = {"orgIds": org_ids, "channelIds": channel_ids}
    return {"groupBuyEventId": group_buy_id} | {
        name: [*ids] for name, ids in lists.items() if ids is not None
    }
