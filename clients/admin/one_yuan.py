"""The one-yuan purchase (一元购) on the admin console: product library, pulled orders, groups."""

from typing import Any

from clients.bodies import AnyBody, OneYuanGroup, OneYuanProduct, Paging, PullResult
from clients.response import Answer
from clients.transport import Resource, segment

Products = list[OneYuanProduct]
Groups = list[OneYuanGroup]
Results = list[PullResult]


class OneYuanProducts(Resource):
    """The product library (商品库). It has no delete: what is no longer wanted is hidden."""

    def list(
        self, *, search_word: str | None = None, page: Paging = None, size: Paging = None
    ) -> Answer[Products]:
        params = {"searchWord": search_word, "page": page, "size": size}
        return self._transport.call(
            "admin.one_yuan_products.list", "GET", "one_yuan_products/list", params=params
        )

    def get(self, row_id: str) -> Answer[OneYuanProduct]:
        path = f"one_yuan_products/{segment(row_id)}"
        return self._transport.call("admin.one_yuan_products.get", "GET", path)

    def create(self, body: AnyBody) -> Answer[str]:
        """The answer's data is the new product's id in the library."""
        return self._transport.call("admin.one_yuan_products.create", "POST", "one_yuan_products", json=body)

    def create_raw(self, body: bytes) -> Answer[str]:
        """As `create`, with the bytes of a body as they are."""
        return self._transport.call(
            "admin.one_yuan_products.create", "POST", "one_yuan_products", raw_body=body
        )

    def update(self, row_id: str, body: AnyBody) -> Answer[Any]:
        """A whole-object PUT: an optional field left out becomes null, or its column's default."""
        path = f"one_yuan_products/{segment(row_id)}"
        return self._transport.call("admin.one_yuan_products.update", "PUT", path, json=body)


class OneYuanOrders(Resource):
    def pull(self, body: AnyBody) -> Answer[Results]:
        """Take in a batch `{orders: [PulledOrder, …]}`; a line that is refused stops no other (Y-12).

        Taking one in again changes nothing, so the call is repeatable although it is a POST.
        """
        return self._transport.call(
            "admin.one_yuan_orders.pull", "POST", "one_yuan_orders/pull", json=body, repeatable=True
        )


class OneYuanGroups(Resource):
    """Groups with their members, for operators; reading them here changes none (Y-08)."""

    def list(self, *, page: Paging = None, size: Paging = None) -> Answer[Groups]:
        params = {"page": page, "size": size}
        return self._transport.call(
            "admin.one_yuan_groups.list", "GET", "one_yuan_groups/list", params=params
        )

    def get(self, group_id: str) -> Answer[OneYuanGroup]:
        path = f"one_yuan_groups/{segment(group_id)}"
        return self._transport.call("admin.one_yuan_groups.get", "GET", path)
