"""Whose locks who administers, or keeps the security, may open: people all of whose posts lie in his territory, never his own."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from zhitong.domain.accounts.rules.opening import opens_locks, out_of_hand
from zhitong.domain.organisations.queries import directory, person_of_login, seats_of
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput, Refused


class NotWholly(Refused):
    """The person also holds a post elsewhere: whoever could open his locks here would sit there too."""


class OutOfHand(Refused):
    """The person audits the viewer's own region, or keeps its security: nobody beside them opens their locks."""


class NotYourself(Refused):
    """Nobody opens his own locks as administrator."""


def require_locks(viewer: Viewer) -> None:
    """Refuse who neither administers nor keeps the security. Raises NotYours."""
    if not opens_locks(viewer):
        require(viewer, Permission.ADMINISTER)


def administered(viewer: Viewer, login: str, *, now: datetime) -> UUID:
    """The person of a login whose locks the viewer may open; three queries.

    Raises NotYours: the post does not administer. Raises BadInput, at `login`: nobody of the territory has it.
    Raises NotWholly, NotYourself, OutOfHand.
    """
    require_locks(viewer)
    person_id = person_of_login(login.strip())
    within = set(directory().within(viewer.region_id))
    seats = seats_of(person_id, day_of(now)) if person_id else []
    if person_id is None or not any(region_id in within for _kind, region_id in seats):
        raise BadInput(_NOBODY, {"login": _NOBODY})
    if person_id == viewer.person_id:
        raise NotYourself("不能为自己重设。请由上一级系统管理员办理。")
    if kind := out_of_hand(viewer, seats):
        raise OutOfHand(f"本级{kind.label}的密码和动态码由上一级系统管理员重置；最高一级的由运行维护人员用命令办理。")
    if not all(region_id in within for _kind, region_id in seats):
        raise NotWholly("这个人在本辖区以外也有岗位，请由管理全部这些岗位的上级系统管理员办理。")
    return person_id


_NOBODY = "本辖区没有这个登录名的人员，请核对后再填。"
