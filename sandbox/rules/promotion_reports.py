"""Referral reports (F-06): what each member counted for each activity."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select

from sandbox.db import Transaction
from sandbox.models import Member, ResourceUseInfo
from sandbox.rules.activity_kinds import A, ActivityKind
from sandbox.rules.bodies import optional
from sandbox.rules.kinds import Id, ListOf, Moment, Text, as_id
from sandbox.rules.listing import Page, Paging, matching
from sandbox.rules.referral_counts import CREATE_ORDER, PAID_ORDER
from sandbox.rules.wire import wire_id

Use = ResourceUseInfo


@dataclass(frozen=True, kw_only=True)
class ReportBody:
    """What is null, empty or left out filters nothing."""

    start_time: int | None = optional(Moment())
    end_time: int | None = optional(Moment())
    event_ids: tuple[int, ...] | None = optional(ListOf(Id()))
    member_mobile: str | None = optional(Text())
    member_no: str | None = optional(Text())
    member_nick_name: str | None = optional(Text())

    def conditions(self) -> list[ColumnElement[bool]]:
        conditions = [matching(Member.nick_name, self.member_nick_name)]
        if self.start_time is not None:
            conditions.append(Use.created_time >= self.start_time)
        if self.end_time is not None:
            conditions.append(Use.created_time < self.end_time)
        if self.event_ids:
            conditions.append(Use.event_id.in_(self.event_ids))
        if self.member_mobile:
            conditions.append(Member.mobile == self.member_mobile)
        if self.member_no:
            conditions.append(Member.id == (as_id(self.member_no) or 0))
        return conditions


def promotion_report(
    tx: Transaction, kind: ActivityKind[A], organization_id: int, body: ReportBody, paging: Paging | None
) -> Page[dict[str, Any]]:
    """Without paging the page is the whole report."""
    selection = _counts(kind, organization_id).where(*body.conditions())
    total = tx.scalar(select(func.count()).select_from(selection.order_by(None).subquery())) or 0
    paging = paging or Paging(1, max(total, 1))
    rows = tx.execute(selection.limit(paging.size).offset(paging.offset))
    return Page([_row(*row) for row in rows], total, paging)


def _counts(kind: ActivityKind[A], organization_id: int) -> Select[Any]:
    """A count that was taken back leaves its row, of zero. A member joins in the own organization alone."""
    return (
        select(Member.id, Member.name, Member.mobile, Use.event_id, _sum(CREATE_ORDER), _sum(PAID_ORDER))
        .join(Member, Member.id == Use.member_id)
        .where(Member.organization_id == organization_id, Use.resource_type == kind.resource_type)
        .group_by(Member.id, Member.name, Member.mobile, Use.event_id)
        .order_by(Use.event_id, Member.id)
    )


def _sum(type_: str) -> ColumnElement[Any]:
    return func.sum(case((Use.type == type_, Use.counted), else_=0)).label(type_.lower())


def _row(
    member_id: int, name: str | None, mobile: str | None, event_id: int, signed_up: int, paid: int
) -> dict[str, Any]:
    return {
        "memberId": wire_id(member_id),
        "memberName": name,
        "memberMobile": mobile,
        "eventId": wire_id(event_id),
        "signUpCount": int(signed_up),
        "payCount": int(paid),
    }
