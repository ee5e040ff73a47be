"""What the console decides about one order, of every kind alike."""

from dataclasses import dataclass
from typing import Generic

from flask import Blueprint, Response

from sandbox.routes.answers import ok
from sandbox.routes.context import transaction
from sandbox.routes.guards import for_tenants
from sandbox.routes.reading import json_body
from sandbox.rules.bodies import read_body
from sandbox.rules.kinds import as_id
from sandbox.rules.order_kinds import A, O, OrderKind, lock_order_of_organization
from sandbox.rules.order_life import CheckinBody, ReviewBody, cancel, check_in, review
from sandbox.rules.tenants import SignedInTenant


@dataclass(frozen=True)
class OrderCalls(Generic[O, A]):
    kind: OrderKind[O, A]

    def register(self, blueprint: Blueprint, path: str) -> None:
        for call, act, view in (
            ("canceled", "ORDER", self._canceled),
            ("review", "ORDER", self._review),
            ("checkin", "CHECKIN", self._checkin),
        ):
            guarded = for_tenants(self.kind.activities.privilege(act))(view)
            blueprint.add_url_rule(f"{path}/<order_id>/{call}", call, guarded, methods=["PUT"])

    def _canceled(self, tenant: SignedInTenant, order_id: str) -> Response:
        cancel(transaction(), self.kind, self._lock(tenant, order_id))
        return ok()

    def _review(self, tenant: SignedInTenant, order_id: str) -> Response:
        body = read_body(ReviewBody, json_body())
        review(transaction(), self.kind, self._lock(tenant, order_id), body)
        return ok()

    def _checkin(self, tenant: SignedInTenant, order_id: str) -> Response:
        body = read_body(CheckinBody, json_body())
        check_in(transaction(), self.kind, self._lock(tenant, order_id), body)
        return ok()

    def _lock(self, tenant: SignedInTenant, order_id: str) -> O:
        return lock_order_of_organization(transaction(), self.kind, tenant.organization_id, as_id(order_id))
