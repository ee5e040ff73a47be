"""The one-yuan purchase (一元购) on the mini-program: products, groups, and what an order will carry."""

from clients.bodies import AnyBody, OneYuanGroup, OneYuanOffer, OneYuanProduct, Paging, PromotionParameter
from clients.response import Answer
from clients.transport import Resource, segment

Products = list[OneYuanProduct]
Groups = list[OneYuanGroup]


class MemberOneYuanProducts(Resource):
    def list(self, *, page: Paging = None, size: Paging = None) -> Answer[Products]:
        """What is on offer (Y-04)."""
        params = {"page": page, "size": size}
        return self._transport.call(
            "member.one_yuan_products.list", "GET", "one_yuan/products", params=params
        )

    def get(self, product_id: str, *, group_id: str | None = None) -> Answer[OneYuanOffer]:
        """A product's page, from the list or, with `group_id`, from a link that was shared (Y-11)."""
        path = f"one_yuan/products/{segment(product_id)}"
        params = {"groupId": group_id}
        return self._transport.call("member.one_yuan_products.get", "GET", path, params=params)


class MemberOneYuanGroups(Resource):
    """Reading a group here expires it, or notices that its product was taken down (Y-08)."""

    def list(self, *, page: Paging = None, size: Paging = None) -> Answer[Groups]:
        """My groups."""
        params = {"page": page, "size": size}
        return self._transport.call("member.one_yuan_groups.list", "GET", "one_yuan/groups", params=params)

    def get(self, group_id: str) -> Answer[OneYuanGroup]:
        path = f"one_yuan/groups/{segment(group_id)}"
        return self._transport.call("member.one_yuan_groups.get", "GET", path)

    def poster(self, group_id: str) -> Answer[bytes]:
        """The picture for Moments (朋友圈): a PNG, whose QR code is the link to the group."""
        path = f"one_yuan/groups/{segment(group_id)}/poster"
        return self._transport.call("member.one_yuan_groups.poster", "GET", path, file=True)


class MemberOneYuanOrders(Resource):
    def place(self, body: AnyBody) -> Answer[PromotionParameter]:
        """Open or join: the answer is what the order in the shop will carry (Y-12)."""
        return self._transport.call("member.one_yuan_orders.place", "POST", "one_yuan/orders", json=body)
