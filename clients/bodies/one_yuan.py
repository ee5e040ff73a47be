"""The one-yuan purchase (一元购) on the wire.

Prices are decimal strings of two to six places (C-08), an order's amount is fen, a flag an integer 0 or 1.
"""

from typing import TypedDict


class OneYuanProductBody(TypedDict, total=False):
    """What a create or update of a product in the library sends; `productId` is the shop's own number."""

    needNum: int | None
    isShow: int | None
    pddTakenDown: int | None
    startTime: int | None
    endTime: int | None
    productId: str | None
    productImg: str | None
    productName: str | None
    custImg: str | None
    custName: str | None
    disPrice: str | None
    reappearance: str | None
    subsidyAmount: str | None
    sort: int | None
    salesNum: int | None


class OneYuanProduct(OneYuanProductBody, total=False):
    """A product as answers carry it."""

    id: str
    ctime: int
    mtime: int


class OneYuanOffer(OneYuanProduct, total=False):
    """A product's page: with what its button does (Y-11), and the group that it does it to."""

    action: str
    groupId: str | None


class OneYuanOrderBody(TypedDict, total=False):
    """Open a group of a product (its id in the library), or join one."""

    productId: str | None
    groupId: str | None


class PromotionParameter(TypedDict):
    """What an order will carry (Y-12)."""

    id: str
    type: str
    inviterId: str | None
    groupId: str | None
    cashback: str


class PulledOrder(TypedDict, total=False):
    """One line of a pulled batch (Y-12)."""

    orderSn: str | None
    platformOrderId: str | None
    paramId: str | None
    userId: str | None
    goodsId: str | None
    orderAmount: int | None
    orderStatus: str | None
    groupId: str | None
    payTime: int | None


class PullResult(TypedDict):
    """What became of one line; its `code` is a refusal's of C-03, or `"0"`."""

    orderSn: str | None
    code: str
    message: str
    groupId: str | None


class OneYuanGroupMember(TypedDict, total=False):
    """A seat in a group. The console also tells its order."""

    id: str
    ctime: int
    mtime: int
    userId: str
    avatar: str | None
    nickName: str | None
    platformOrderId: str
    orderSn: str
    orderAmount: int
    reappearance: str | None
    subsidyAmount: str | None
    oneYuanShoppingGroupId: str
    cashbackDue: str


class OneYuanGroup(TypedDict, total=False):
    """A group; `cashbackDue` is the leader's. The console also tells the leader's order."""

    id: str
    ctime: int
    mtime: int
    userId: str
    avatar: str | None
    nickName: str | None
    endTime: int | None
    expireTime: int
    invalidTime: int | None
    pddTakenDownTime: int | None
    platformOrderId: str
    orderSn: str
    orderAmount: int
    reappearance: str | None
    subsidyAmount: str | None
    oneYuanProductsId: str
    goodsId: str
    goodsName: str
    goodsThumbnailUrl: str
    isEnough: int
    needNum: int
    status: int
    seatsLeft: int
    cashbackDue: str
    members: list[OneYuanGroupMember]


class GroupMessage(TypedDict):
    """What goes to the queue when a group changes (Y-13)."""

    groupId: str
    status: int
    isEnough: int
    occurredAt: int
