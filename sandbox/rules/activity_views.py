"""What every activity is answered with beside its own row: its form, and what is kept by its resource id."""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from sqlalchemy import select

from sandbox.db import Transaction
from sandbox.models import Form, ResourceConf
from sandbox.rules.activity_kinds import A, ActivityKind
from sandbox.rules.wire import wire

NO_FORM: Final = "[]"


def activity_views(
    tx: Transaction,
    kind: ActivityKind[A],
    activities: Sequence[A],
    kept: Callable[[ResourceConf], dict[str, Any]],
) -> list[dict[str, Any]]:
    """Loads what belongs to all of them at once, not one by one. `kept` adds what the kind alone keeps."""
    confs = _confs(tx, activities)
    forms = _forms(tx, [activity.form_id for activity in activities])
    return [
        {
            **wire(activity),
            "status": kind.status_of(activity, tx.now),
            "form": forms.get(activity.form_id, NO_FORM),
            **_conf_view(conf),
            **kept(conf),
        }
        for activity in activities
        for conf in [confs.get(activity.resource_id) or ResourceConf(id=0)]
    ]


def _confs(tx: Transaction, activities: Iterable[A]) -> dict[str | None, ResourceConf]:
    resource_ids = [activity.resource_id for activity in activities]
    found = tx.scalars(select(ResourceConf).where(ResourceConf.resource_id.in_(resource_ids)))
    return {conf.resource_id: conf for conf in found}


def _conf_view(conf: ResourceConf) -> dict[str, Any]:
    show = conf.customer_server_show_vo
    return {
        "shareImageUrl": conf.share_image_url,
        "tags": json.loads(conf.tags) if conf.tags else None,
        "customerServerShowVO": json.loads(show) if show else None,
        "customerServerGuideOpened": conf.customer_server_guide_opened,
    }


def _forms(tx: Transaction, form_ids: Iterable[int | None]) -> dict[int | None, str]:
    found = tx.scalars(select(Form).where(Form.id.in_([form_id for form_id in form_ids if form_id])))
    return {form.id: form.fields or NO_FORM for form in found}
