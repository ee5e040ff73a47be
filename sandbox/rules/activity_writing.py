"""What the shared part of an activity's body becomes: its row, its form, and what is kept by resource id."""

import json
from dataclasses import asdict
from typing import Any

from sqlalchemy import select

from sandbox.db import Transaction
from sandbox.models import Form, ResourceConf
from sandbox.rules.activity_bodies import ActivityBody, CustomerServerBody
from sandbox.rules.activity_kinds import A, ActivityKind
from sandbox.rules.activity_views import NO_FORM
from sandbox.rules.bodies import fill
from sandbox.rules.event_categories import FIRST, SECOND, check_category
from sandbox.rules.refusals import invalid
from sandbox.rules.wire import camel


def check_activity(tx: Transaction, kind: ActivityKind[A], activity: A, body: ActivityBody) -> None:
    """Refuses references that lead nowhere, and a resource id that another live one has."""
    check_category(tx, body.event_category_first_id, FIRST, "eventCategoryFirstId")
    check_category(tx, body.event_category_second_id, SECOND, "eventCategorySecondId")
    _claim_conf(tx, body.resource_id)
    model = kind.model
    same = select(model.id).where(model.resource_id == body.resource_id, model.deleted.is_(False))
    if tx.scalars(same.where(model.id != activity.id)).first() is not None:
        raise invalid("resourceId", "已被使用")


def write_activity(tx: Transaction, activity: A, body: ActivityBody) -> ResourceConf:
    """Answers what is kept by resource id, to which a kind may add."""
    fill(activity, body)
    tx.add(activity)
    _write_form(tx, activity, body.form)
    return _write_conf(tx, body)


def _write_form(tx: Transaction, activity: A, fields: str | None) -> None:
    form = tx.get(Form, activity.form_id) if activity.form_id else None
    if form is None:
        if fields is None or fields == NO_FORM:
            return
        form = Form(id=tx.new_id())
        activity.form_id = form.id
        tx.add(form)
    form.fields = fields or NO_FORM


def _write_conf(tx: Transaction, body: ActivityBody) -> ResourceConf:
    """The newest activity with a resource id owns what is kept by it; an earlier one is deleted."""
    conf = _claim_conf(tx, body.resource_id)
    show = body.customer_server_show_vo
    conf.share_image_url = body.share_image_url
    conf.tags = None if body.tags is None else json.dumps(body.tags, ensure_ascii=False)
    conf.customer_server_show_vo = None if show is None else json.dumps(_show(show), ensure_ascii=False)
    conf.customer_server_guide_opened = body.customer_server_guide_opened
    return conf


def _claim_conf(tx: Transaction, resource_id: str) -> ResourceConf:
    """Locked, so that of two who take one resource id at the same moment the second sees the first."""
    kept = select(ResourceConf).where(ResourceConf.resource_id == resource_id)
    conf = tx.scalars(kept.with_for_update()).first()
    if conf is None:
        conf = ResourceConf(id=tx.new_id(), resource_id=resource_id)
        tx.add(conf)
        tx.flush()
    return conf


def _show(show: CustomerServerBody) -> dict[str, Any]:
    return {camel(name): value for name, value in asdict(show).items()}
