"""Members that the published WeChat codes sign in, in each organization."""

from dataclasses import dataclass

from sandbox.models import Member, MemberBenefits, MemberThirdInfo
from sandbox.seed.organizations import Place, Places
from sandbox.seed.seedbed import Seedbed
from sandbox.settings import WECHAT_CODES


@dataclass(frozen=True)
class Members:
    main: tuple[Member, ...]
    other: tuple[Member, ...]


def sow_members(bed: Seedbed, places: Places) -> Members:
    return Members(
        main=tuple(sow_member(bed, places.main, code) for code in WECHAT_CODES),
        other=tuple(sow_member(bed, places.other, code) for code in WECHAT_CODES),
    )


def sow_member(bed: Seedbed, place: Place, code: str) -> Member:
    member = bed.add(
        Member(
            id=bed.new_id(),
            organization_id=place.organization_id,
            name=bed.fake.name(),
            nick_name=bed.fake.user_name(),
            mobile=bed.mobile(),
            sex=bed.fake.random_element(("男", "女")),
            birthday=f"{bed.fake.date_of_birth(minimum_age=20, maximum_age=45):%Y-%m-%d}",
            channel=place.channels[0],
            worker=code == "staff",
            student=code == "student",
            source="SELF",
            points=bed.fake.random_int(0, 500),
            growth=bed.fake.random_int(0, 500),
            level=1,
        )
    )
    bed.add(MemberThirdInfo(id=bed.new_id(), member_id=member.id, app_id=place.app_id, open_id=code))
    bed.add(MemberBenefits(id=bed.new_id(), member_id=member.id, is_new=False, red_packet_taken=False))
    return member
