"""Editions as stories begin with them: on May 2018, drafted on 1 June by the office of the park."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from tests.cast import Story, acting, viewer
from tests.problems.ways import Raise, answered, confirmed
from zhitong.domain.bulletins.actions.editions import checking, drafting, issuing
from zhitong.domain.bulletins.queries.editions.page import EditionPage, edition_page
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.problems.actions.closing import CloseOff, close_off

CUT_OFF = datetime(2018, 5, 31, 15, 59, 59, tzinfo=UTC)
JUNE = datetime(2018, 6, 1, 1, 0, tzinfo=UTC)
AFTER_CHECK = datetime(2018, 6, 4, 10, 0, tzinfo=UTC)
"""Monday evening: the one working day after Friday 1 June is over."""
OFFICE, CHECKED = "park_office", "park"


def may(raised: Raise) -> list[Story]:
    """Three problems of the firm of the park, all due in May: one closed, one answered, one nobody took."""
    closed = confirmed(raised())
    closed.does("zone_office", close_off, CloseOff)
    return [closed, answered(raised()), raised()]


def drafted(kind: PaperKind = PaperKind.CIRCULAR, login: str = OFFICE, cut_off: datetime = CUT_OFF, now: datetime = JUNE) -> UUID:
    """An edition on the month of a cut-off."""
    with acting(login) as actor:
        return drafting.draft(kind=kind, cut_off=cut_off, actor=actor, now=now)


def does(login: str, act: Any, *, now: datetime = JUNE, **values: Any) -> Any:
    """A member of the cast does an act."""
    with acting(login) as actor:
        return act(actor=actor, now=now, **values)


def page(edition_id: UUID, login: str = OFFICE, now: datetime = JUNE) -> EditionPage:
    """The page of an edition as a member of the cast sees it."""
    with acting_as(viewer(login)) as here:
        return edition_page(here, edition_id, now=now)


def checked(edition_id: UUID, now: datetime = AFTER_CHECK) -> UUID:
    """Sent to be checked, confirmed by the department of the cast, the others silent, and laid before who signs."""
    does(OFFICE, checking.send_to_check, edition_id=edition_id)
    does(CHECKED, checking.confirm, edition_id=edition_id)
    does(OFFICE, checking.submit, edition_id=edition_id, now=now)
    return edition_id


def signs(edition_id: UUID, login: str = OFFICE, now: datetime = AFTER_CHECK, **more: Any) -> str:
    """Sign it out; returns its number."""
    given: dict[str, Any] = {"signed_by": "演示主任", "signed_on": date(2018, 6, 4), **more}
    with acting(login) as actor:
        return issuing.issue(issuing.Issuing(edition_id=edition_id, actor=actor, now=now, **given))


def issued(**more: Any) -> UUID:
    """An edition that went the whole way."""
    edition_id = checked(drafted(**more))
    signs(edition_id)
    return edition_id


def saving(edition_id: UUID, version: int, texts: dict[int, str], login: str = OFFICE, **more: Any) -> int:
    """Save an edition with some sections' texts replaced, on the version one began with."""
    with acting(login) as actor:
        from zhitong.domain.bulletins.queries.editions.page import wording_at
        from zhitong.domain.bulletins.rules.drawn import Section

        before = wording_at(viewer(login), edition_id, version)
        sections = tuple(Section(one.heading, texts.get(place, one.text)) for place, one in enumerate(before))
        return drafting.save(drafting.Saving(
            edition_id=edition_id, version=version, title=more.pop("title", "关于五月问题办理情况的通报"), recipients="各有关单位",
            sections=sections, actor=actor, now=JUNE + timedelta(minutes=version), **more,
        ))
