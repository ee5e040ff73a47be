"""Referral reports (F-06) on the admin console."""

from clients.bodies import AnyBody, Paging, ReportRow
from clients.permissions import Effect
from clients.response import Answer
from clients.transport import Resource

ReportRows = list[ReportRow]


class Reports(Resource):
    """Both are narrowed by a `ReportFilter`, and not paged unless asked."""

    def events(
        self, filters: AnyBody | None = None, *, page: Paging = None, size: Paging = None
    ) -> Answer[ReportRows]:
        return self._report("admin.reports.events", "report/promotion_infos", filters, page, size)

    def group_buys(
        self, filters: AnyBody | None = None, *, page: Paging = None, size: Paging = None
    ) -> Answer[ReportRows]:
        path = "group_buy_event_order/group_buy_order_infos"
        return self._report("admin.reports.group_buys", path, filters, page, size)

    def _report(
        self, name: str, path: str, filters: AnyBody | None, page: Paging, size: Paging
    ) -> Answer[ReportRows]:
        params = {"page": page, "size": size}
        body = filters or {}
        return self._transport.call(name, "POST", path, params=params, json=body, effect=Effect.READS)
