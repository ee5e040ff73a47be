"""The console's calls that every kind of activity has."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from flask import Blueprint, Response, request

from sandbox.db import Transaction
from sandbox.routes.answers import listed, ok
from sandbox.routes.context import transaction
from sandbox.routes.guards import for_tenants
from sandbox.routes.reading import form_flag, json_body, paging, search_object, search_word
from sandbox.rules.activities import (
    delete_activity,
    find_activity,
    list_activities,
    recommend_activity,
    show_activity,
)
from sandbox.rules.activity_kinds import A, ActivityKind
from sandbox.rules.activity_search import ActivitySearch
from sandbox.rules.bodies import read_body
from sandbox.rules.kinds import as_id
from sandbox.rules.tenants import SignedInTenant
from sandbox.rules.wire import wire_id

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

B = TypeVar("B", bound="DataclassInstance")


@dataclass(frozen=True, kw_only=True)
class ActivityCalls(Generic[A, B]):
    """What a kind does in its own way; the host is the URL under which its pictures are served."""

    kind: ActivityKind[A]
    body: type[B]
    views: Callable[[Transaction, Sequence[A]], list[dict[str, Any]]]
    create: Callable[[Transaction, int, B, str], A]
    update: Callable[[Transaction, int, A, B, str], None]
    copy: Callable[[Transaction, A, str], A]
    copy_tells_its_id: bool
    show: str  # the call, and its form field, that puts one on the mini-program

    def register(self, blueprint: Blueprint, path: str) -> None:
        one = f"{path}/<activity_id>"
        for method, rule, act, view in (
            ("GET", f"{path}/list", "VIEW", self._list),
            ("GET", one, "VIEW", self._get),
            ("POST", path, "CREATE", self._create),
            ("PUT", one, "EDIT", self._update),
            ("DELETE", one, "DELETE", self._delete),
            ("PUT", f"{one}/copy", "CREATE", self._copy),
            ("PUT", f"{one}/{self.show}", "LAUNCH", self._show),
            ("PUT", f"{one}/recommend", "EDIT", self._recommend),
        ):
            guarded = for_tenants(self.kind.privilege(act))(view)
            blueprint.add_url_rule(rule, view.__name__.lstrip("_"), guarded, methods=[method])

    def _list(self, tenant: SignedInTenant) -> Response:
        asked, given = paging(), search_object("eventSearchVO")
        search = read_body(ActivitySearch, given, "eventSearchVO")
        tx = transaction()
        page = list_activities(tx, self.kind, tenant.organization_id, search_word(), search, asked)
        return listed(page, self.views(tx, page.rows))

    def _get(self, tenant: SignedInTenant, activity_id: str) -> Response:
        return ok(self.views(transaction(), [self._find(tenant, activity_id)])[0])

    def _create(self, tenant: SignedInTenant) -> Response:
        body = read_body(self.body, json_body())
        activity = self.create(transaction(), tenant.organization_id, body, request.host_url)
        return ok(wire_id(activity.id))

    def _update(self, tenant: SignedInTenant, activity_id: str) -> Response:
        given = json_body()
        activity = self._find(tenant, activity_id)
        body = read_body(self.body, given)
        self.update(transaction(), tenant.organization_id, activity, body, request.host_url)
        return ok()

    def _delete(self, tenant: SignedInTenant, activity_id: str) -> Response:
        delete_activity(transaction(), self.kind, tenant.organization_id, as_id(activity_id))
        return ok()

    def _copy(self, tenant: SignedInTenant, activity_id: str) -> Response:
        copy = self.copy(transaction(), self._find(tenant, activity_id), request.host_url)
        return ok(wire_id(copy.id) if self.copy_tells_its_id else None)

    def _show(self, tenant: SignedInTenant, activity_id: str) -> Response:
        show_activity(self.kind, self._find(tenant, activity_id), form_flag(self.show))
        return ok()

    def _recommend(self, tenant: SignedInTenant, activity_id: str) -> Response:
        recommend_activity(self._find(tenant, activity_id), form_flag("recommend"))
        return ok()

    def _find(self, tenant: SignedInTenant, activity_id: str) -> A:
        return find_activity(transaction(), self.kind, tenant.organization_id, as_id(activity_id))
