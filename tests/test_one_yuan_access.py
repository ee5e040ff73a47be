"""Who may call the one-yuan purchase, and how: privileges, tokens, absent rows, transport, pages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pytest

from clients import AdminClient, Answer, FixedHeaders, MemberClient
from harness.case_words import query
from harness.cases import Area, Case, case, cases
from harness.checks import check_http, check_outcome, check_same, ids_of
from harness.kinds.one_yuan import OneYuanWorkshop
from harness.one_yuan import OneYuanGroups
from harness.platform import Platform
from tests.activities.access import member_of_other_organization

pytestmark = pytest.mark.one_yuan

LIBRARY = Area("管理后台", "一元购商品库")
MINI_PROGRAM = Area("小程序", "一元购")
RAW: Final[Mapping[str, tuple[str, str]]] = {
    "create": ("POST", "one_yuan_products"),
    "update": ("PUT", "one_yuan_products/{id}"),
    "pull": ("POST", "one_yuan_orders/pull"),
    "place": ("POST", "one_yuan/orders"),
}
"""Method and path of the calls that have a body."""


@dataclass(frozen=True)
class Asked:
    """Who calls, on either front, and what about: a product's id, a group's, and the body of a product."""

    console: AdminClient
    mini: MemberClient
    product: str
    group: str
    body: Mapping[str, Any]


CALLS: Final[Mapping[str, Callable[[Asked], Answer[Any]]]] = {
    "list": lambda asked: asked.console.one_yuan_products.list(page=1, size=1),
    "get": lambda asked: asked.console.one_yuan_products.get(asked.product),
    "create": lambda asked: asked.console.one_yuan_products.create(asked.body),
    "update": lambda asked: asked.console.one_yuan_products.update(asked.product, asked.body),
    "groups": lambda asked: asked.console.one_yuan_groups.list(page=1, size=1),
    "group": lambda asked: asked.console.one_yuan_groups.get(asked.group),
    "pull": lambda asked: asked.console.one_yuan_orders.pull({"orders": []}),
    "products": lambda asked: asked.mini.one_yuan_products.list(page=1, size=1),
    "page": lambda asked: asked.mini.one_yuan_products.get(asked.product),
    "page-group": lambda asked: asked.mini.one_yuan_products.get(asked.product, group_id=asked.group),
    "place": lambda asked: asked.mini.one_yuan_orders.place({"productId": asked.product}),
    "my-groups": lambda asked: asked.mini.one_yuan_groups.list(page=1, size=1),
    "my-group": lambda asked: asked.mini.one_yuan_groups.get(asked.group),
    "poster": lambda asked: asked.mini.one_yuan_groups.poster(asked.group),
}
"""The calls by name: the console's, then the mini-program's."""


@cases("one_yuan_privilege")
def test_privilege(
    case: Case, platform: Platform, member: MemberClient, one_yuan_groups: OneYuanGroups
) -> None:
    products = one_yuan_groups.products
    made = products.make()
    group = one_yuan_groups.open(made).id if case.call == "group" else ""
    caller = platform.tenant_without(case.without) if case.without else platform.tenant(case.role or "admin")

    answer = CALLS[case.call or ""](Asked(caller, member, made["id"], group, products.body()))

    check_outcome(answer, case)
    if not answer.ok:
        check_same(made, products.read(made["id"]))
        assert ids_of(products.within_mark()) == [made["id"]]


@cases("one_yuan_access_token")
def test_token(case: Case, platform: Platform, one_yuan_products: OneYuanWorkshop) -> None:
    made, headers = one_yuan_products.make(), {}
    if case.query["token"] == "garbled":
        headers = dict.fromkeys(("X-Token", "accessToken"), "not-a-token")
        headers["X-Wx-Appid"] = platform.profile.app_id or ""
    nobody = FixedHeaders(headers)
    console, mini = platform.console.signed_in(nobody), platform.mini_program.signed_in(nobody)
    absent = one_yuan_products.words.id_of("absent")

    answer = CALLS[case.call or ""](Asked(console, mini, made["id"], absent, one_yuan_products.body()))

    check_outcome(answer, case)
    assert one_yuan_products.within_mark() == [made]


@cases("one_yuan_absent")
def test_absent(
    case: Case, admin: AdminClient, member: MemberClient, one_yuan_products: OneYuanWorkshop
) -> None:
    absent = one_yuan_products.words.id_of("absent")
    product = one_yuan_products.make()["id"] if case.call == "page-group" else absent

    answer = CALLS[case.call or ""](Asked(admin, member, product, absent, one_yuan_products.body()))

    check_outcome(answer, case)


@cases("one_yuan_access_route")
def test_route(case: Case, admin: AdminClient, member: MemberClient) -> None:
    caller = admin if case.query["front"] == "dab" else member

    answer = caller.transport.call(
        "admin.one_yuan_products.list", case.query["method"], case.query["path"], json={}
    )

    check_outcome(answer, case)


@cases("one_yuan_access_raw_body")
def test_raw_body(
    case: Case, admin: AdminClient, member: MemberClient, one_yuan_products: OneYuanWorkshop
) -> None:
    made, (method, path) = one_yuan_products.make(), RAW[case.call or ""]
    caller = member if case.call == "place" else admin

    answer = caller.transport.call(
        "admin.one_yuan_products.update",
        method,
        path.format(id=made["id"]),
        raw_body=str(case.query["body"]).encode(),
    )

    check_outcome(answer, case)
    assert one_yuan_products.within_mark() == [made]


@cases("one_yuan_paging_lists")
def test_paging_of_every_list(
    case: Case, admin: AdminClient, member: MemberClient, one_yuan_products: OneYuanWorkshop
) -> None:
    paging = query(case.query, one_yuan_products.words)
    lists: Mapping[str, Callable[..., Answer[Any]]] = {
        "list": admin.one_yuan_products.list,
        "groups": admin.one_yuan_groups.list,
        "products": member.one_yuan_products.list,
        "my-groups": member.one_yuan_groups.list,
    }

    answer = lists[case.call or ""](**paging)

    check_outcome(answer, case)
    if answer.ok:
        assert {"page": answer.page, "size": answer.size} == case.expect
        assert len(answer.data or []) == min(answer.size or 0, answer.total or 0)


@case(
    "one-yuan-privilege-pull-opens-nothing",
    "A-03",
    "缺 ONE_YUAN_ORDER 的租户拉取订单，团没有开",
    story="一元购权限",
    severity="blocker",
    area=LIBRARY,
)
def test_pull_without_the_privilege_opens_nothing(platform: Platform, one_yuan_groups: OneYuanGroups) -> None:
    line = one_yuan_groups.to_open(one_yuan_groups.products.make())

    answer = platform.tenant_without("ONE_YUAN_ORDER").one_yuan_orders.pull({"orders": [line]})

    check_http(answer, 403)
    assert one_yuan_groups.mini("leader").list().require_ok().total == 0


@case(
    "one-yuan-other-organization-changes",
    "C-14",
    "别的组织的租户改商品，我们看到的也变了：表是共用的",
    story="组织共用",
    severity="critical",
    area=LIBRARY,
)
def test_other_organization_changes_the_same_rows(
    other_admin: AdminClient, one_yuan_products: OneYuanWorkshop
) -> None:
    made = one_yuan_products.make({"sort": 1})
    body = {**one_yuan_products.writable(made), "sort": 2}

    other_admin.one_yuan_products.update(made["id"], body).require_ok()

    seen = [one_yuan_products.within_mark(caller) for caller in (None, other_admin)]
    assert [[row["sort"] for row in rows] for rows in seen] == [[2], [2]]


@case(
    "one-yuan-other-organization-creates",
    "C-14",
    "别的组织建的商品，我们的会员看得到",
    story="组织共用",
    severity="critical",
    area=MINI_PROGRAM,
)
def test_other_organization_s_product_is_on_offer(
    other_admin: AdminClient, member: MemberClient, one_yuan_products: OneYuanWorkshop
) -> None:
    made = other_admin.one_yuan_products.create(one_yuan_products.body()).require_data()

    shown = ids_of(one_yuan_products.on_offer(member))

    assert shown == [made]


@case(
    "one-yuan-other-organization-member",
    "C-14",
    "别的组织的会员看得到商品，能从链接加入我们会员的团",
    story="组织共用",
    severity="critical",
    area=MINI_PROGRAM,
)
def test_member_of_another_organization_does_the_same(
    platform: Platform, one_yuan_groups: OneYuanGroups, mark: str
) -> None:
    group = one_yuan_groups.open(one_yuan_groups.products.make())
    stranger, row = member_of_other_organization(platform, mark), group.product["id"]

    page = stranger.one_yuan_products.get(row, group_id=group.id).require_data()
    placed = stranger.one_yuan_orders.place({"productId": row, "groupId": group.id}).require_data()

    assert (page["action"], placed["type"], placed["groupId"]) == ("JOIN", "JOIN", group.id)
    assert ids_of(one_yuan_groups.products.on_offer(stranger)) == [row]
