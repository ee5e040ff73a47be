"""The life of an activity of any kind: found, listed, shown, pinned, copied, deleted."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, select

from sandbox.db import Transaction
from sandbox.models import Form, ResourceConf
from sandbox.rules.activity_kinds import A, ActivityKind
from sandbox.rules.activity_search import ActivitySearch
from sandbox.rules.copying import copied_name, duplicate
from sandbox.rules.listing import Page, Paging, in_order, matching, page_of
from sandbox.rules.refusals import absent


def find_activity(
    tx: Transaction, kind: ActivityKind[A], organization_id: int | None, activity_id: int | None
) -> A:
    """C-14: another organization's is as absent as a deleted one."""
    activity = tx.get(kind.model, activity_id or 0)
    if activity is None or activity.deleted or activity.organization_id != organization_id:
        raise absent(kind.noun)
    return activity


def find_shown_activity(
    tx: Transaction, kind: ActivityKind[A], organization_id: int | None, activity_id: int | None
) -> A:
    """E-03: what the mini-program can see."""
    activity = find_activity(tx, kind, organization_id, activity_id)
    if not getattr(activity, kind.shown):
        raise absent(kind.noun)
    return activity


def find_shown_by_resource_id(
    tx: Transaction, kind: ActivityKind[A], organization_id: int | None, resource_id: str
) -> A | None:
    own = _activities_of(kind, organization_id)
    shown = own.where(kind.model.resource_id == resource_id, kind.column(kind.shown).is_(True))
    return tx.scalars(shown).first()


def list_activities(
    tx: Transaction,
    kind: ActivityKind[A],
    organization_id: int,
    word: str | None,
    search: ActivitySearch,
    paging: Paging,
) -> Page[A]:
    named = matching(kind.column(kind.name), word)
    selection = _activities_of(kind, organization_id).where(named, *search.conditions(kind, tx.now))
    return page_of(tx, selection.order_by(*in_order(kind.model)), paging)


def activity_names(
    tx: Transaction, kind: ActivityKind[A], organization_id: int
) -> Sequence[Row[int, str | None]]:
    names = _activities_of(kind, organization_id).with_only_columns(kind.model.id, kind.column(kind.name))
    return tx.execute(names.order_by(*in_order(kind.model))).all()


def show_activity(kind: ActivityKind[A], activity: A, shown: bool) -> None:
    setattr(activity, kind.shown, shown)


def recommend_activity(activity: A, recommend: bool) -> None:
    """E-04."""
    activity.recommend = recommend


def delete_activity(
    tx: Transaction, kind: ActivityKind[A], organization_id: int, activity_id: int | None
) -> None:
    """C-10: the row stays; what is not there is as good as deleted."""
    activity = tx.get(kind.model, activity_id or 0)
    if activity is not None and activity.organization_id == organization_id:
        activity.deleted = True


def copy_activity(tx: Transaction, kind: ActivityKind[A], activity: A) -> A:
    """E-05, G-12: the row, its form and what is kept by its resource id; its children are the kind's own."""
    changes: dict[str, Any] = {
        kind.name: copied_name(getattr(activity, kind.name) or "", kind.name_limit),
        kind.shown: False,
    }
    copy = duplicate(
        activity,
        id=tx.new_id(),
        resource_id=kind.new_resource_id(tx),
        form_id=_copy_form(tx, activity.form_id),
        recommend=False,
        **changes,
    )
    tx.add(copy)
    conf = tx.scalars(select(ResourceConf).where(ResourceConf.resource_id == activity.resource_id)).first()
    if conf is not None:
        tx.add(duplicate(conf, id=tx.new_id(), resource_id=copy.resource_id))
    return copy


def _activities_of(kind: ActivityKind[A], organization_id: int | None) -> Select[A]:
    model = kind.model
    return select(model).where(model.organization_id == organization_id, model.deleted.is_(False))


def _copy_form(tx: Transaction, form_id: int | None) -> int | None:
    form = tx.get(Form, form_id) if form_id else None
    if form is None:
        return None
    copy = duplicate(form, id=tx.new_id())
    tx.add(copy)
    return copy.id
