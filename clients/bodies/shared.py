"""What the bodies of several kinds have in common."""

from typing import TypedDict


class CustomerServerShow(TypedDict, total=False):
    title: str | None
    image: str | None
    iconName: str | None
    status: bool | None


class Store(TypedDict, total=False):
    """A store (门店); its `organizationId` is what other bodies name it by."""

    id: str
    name: str
    organizationId: str
    address: str | None
    tel: str | None
    longitude: str | None
    latitude: str | None


class IdAndName(TypedDict):
    id: str
    name: str


class EventCategory(TypedDict, total=False):
    id: str
    name: str
    type: str
    parentId: str | None
    descr: str | None


class Channel(TypedDict, total=False):
    id: str
    name: str
    organizationId: str
    descr: str | None


class ActivitySearch(TypedDict, total=False):
    """The filters of `eventSearchVO` (C-13); an empty one filters nothing."""

    status: str
    eventCategoryFirstId: str
    eventCategorySecondId: str
    beginTime: int
    endTime: int
