"""Members of the mini-program: sign-in by WeChat, and what the sandbox may change about one."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from sandbox.db import Transaction
from sandbox.models import Member, MemberBenefits, MemberThirdInfo, OrganizationWxApp
from sandbox.rules.bodies import optional
from sandbox.rules.kinds import Flag, Text, as_id
from sandbox.rules.refusals import Code, NotSignedInError, Refusal, absent, invalid
from sandbox.rules.tokens import MEMBER_TOKENS
from sandbox.rules.wire import wire


@dataclass(frozen=True, kw_only=True)
class MemberChange:
    worker: bool | None = optional(Flag())
    student: bool | None = optional(Flag())
    is_new: bool | None = optional(Flag())
    red_packet_taken: bool | None = optional(Flag())


def wechat_log_in(tx: Transaction, code: str | None, app_id: str | None) -> str:
    """A member's token. A code names one WeChat user of the app: the first time it makes the member."""
    if not code or not code.strip():
        raise invalid("code", "不能为空")
    open_id = Text().read(code, "code")
    app = _app(tx, app_id)
    member = _known_member(tx, open_id, app) or _first_sign_in(tx, open_id, app)
    member.last_login_time = tx.now
    claims = {
        "organizationId": str(member.organization_id),
        "sub": str(member.id),
        "appId": app.app_id,
        "worker": bool(member.worker),
    }
    return MEMBER_TOKENS.issue(tx.now, claims)


def signed_in_member(tx: Transaction, token: str | None, app_id: str | None) -> Member:
    claims = MEMBER_TOKENS.claims(token, tx.now)
    member = tx.get(Member, as_id(claims["sub"]) or 0)
    if member is None or member.deleted or claims.get("appId") != app_id:
        raise NotSignedInError
    return member


def find_member(tx: Transaction, member_id: int | None) -> Member:
    member = tx.get(Member, member_id or 0)
    if member is None or member.deleted:
        raise absent("会员")
    return member


def change_member(tx: Transaction, member: Member, change: MemberChange) -> dict[str, Any]:
    """Changes what is given; answers the member with what they may still claim."""
    benefits = tx.scalars(select(MemberBenefits).where(MemberBenefits.member_id == member.id)).one()
    for row, column in (
        (member, "worker"),
        (member, "student"),
        (benefits, "is_new"),
        (benefits, "red_packet_taken"),
    ):
        value = getattr(change, column)
        if value is not None:
            setattr(row, column, value)
    tx.flush()
    return {**wire(member), "isNew": benefits.is_new, "redPacketTaken": benefits.red_packet_taken}


def _app(tx: Transaction, app_id: str | None) -> OrganizationWxApp:
    known = select(OrganizationWxApp).where(OrganizationWxApp.app_id == app_id)
    app = tx.scalars(known.where(OrganizationWxApp.deleted.is_(False))).one_or_none()
    if app is None:
        raise Refusal(Code.WRONG_SIGN_IN, "小程序 appId 错误")
    return app


def _known_member(tx: Transaction, open_id: str, app: OrganizationWxApp) -> Member | None:
    known = (
        select(Member)
        .join(MemberThirdInfo, MemberThirdInfo.member_id == Member.id)
        .where(MemberThirdInfo.app_id == app.app_id, MemberThirdInfo.open_id == open_id)
        .where(Member.deleted.is_(False))
    )
    return tx.scalars(known).one_or_none()


def _first_sign_in(tx: Transaction, open_id: str, app: OrganizationWxApp) -> Member:
    """Of two at the same moment the second finds the member that the first has made."""
    tx.lock(OrganizationWxApp, app.id)
    return _known_member(tx, open_id, app) or _new_member(tx, open_id, app)


def _new_member(tx: Transaction, open_id: str, app: OrganizationWxApp) -> Member:
    member = Member(
        id=tx.new_id(),
        organization_id=app.organization_id,
        nick_name="微信用户",
        student=False,
        worker=False,
        source="SELF",
    )
    third = MemberThirdInfo(id=tx.new_id(), member_id=member.id, app_id=app.app_id, open_id=open_id)
    benefits = MemberBenefits(id=tx.new_id(), member_id=member.id, is_new=True, red_packet_taken=False)
    tx.add_all([member, third, benefits])
    return member
