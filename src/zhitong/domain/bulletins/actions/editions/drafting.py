"""Drafting an edition from facts, editing its words, counting it anew, returning and dropping it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.bulletins.actions.editions import keeping
from zhitong.domain.bulletins.actions.editions.asking import ask_again
from zhitong.domain.bulletins.models import Edition
from zhitong.domain.bulletins.queries.editions.frozen import annexes_of, figures_of, sections_of
from zhitong.domain.bulletins.queries.editions.gathering import DRAWN_BY, drawn
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.bulletins.rules.drawn import Section
from zhitong.domain.bulletins.rules.facts import EditionFact
from zhitong.domain.bulletins.rules.kinds import EditionState
from zhitong.domain.bulletins.rules.marks import lost, unbound, unknown
from zhitong.domain.bulletins.rules.merging import Merged, merged
from zhitong.domain.bulletins.rules.way import MOVES, EditionAct
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations import scope
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.kit.texts import written

LONGEST_TITLE, LONGEST_RECIPIENTS, LONGEST_HEADING, LONGEST_TEXT, LONGEST_REASON, SECTIONS_MOST = 200, 300, 60, 5000, 300, 20


class Overtaken(Refused):
    """Another saved the same sections meanwhile; `version` is the one he left, `sections` what stands there now."""

    def __init__(self, sentence: str, version: int, sections: tuple[Section, ...], clashes: tuple[int, ...]) -> None:
        super().__init__(sentence)
        self.version, self.sections, self.clashes = version, sections, clashes


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """A text as somebody typed it, on the version he began with; `knowingly` once he was told what it costs."""

    edition_id: UUID
    version: int
    title: str
    recipients: str
    sections: tuple[Section, ...]
    knowingly: bool = False
    actor: Actor
    now: datetime


@transaction.atomic
def draft(*, kind: PaperKind, cut_off: datetime, actor: Actor, now: datetime) -> UUID:
    """Draft an edition of one's office on the month of a cut-off; returns its id. It has no number yet.

    Raises NotYours: no post of a campaign office. Raises NotFound: a kind that is not drawn. Raises BadInput: the cut-off is
    to come. Raises Refused: nothing is known of the time. Source: R-H4, R-H7.
    """
    keeping.require(Permission.DISPATCH)
    viewer, here = scope.present(), directory()
    unit = here.units.get(actor.unit_id) if actor.unit_id else None
    if viewer is None or unit is None or unit.kind is not UnitKind.CAMPAIGN_OFFICE or kind not in DRAWN_BY:
        raise NotFound
    if cut_off > now:
        raise BadInput("统计截止时间不能晚于现在，请重新选择。", {"at": "请选择现在或以前的时点。"})
    paper = drawn(viewer, kind, unit.region_id, cut_off)
    edition = Edition.objects.create(
        id=uuid7(), kind=kind.value, unit_id=unit.id, region_id=unit.region_id, state=EditionState.DRAFTING.value,
        title=paper.title, since=paper.since, cut_off=paper.cut_off, drawn_at=now,
    )
    keeping.keep_figures(edition, keeping.compared(edition, paper.figures))
    keeping.keep_wording(
        edition, title=paper.title, recipients=paper.recipients, sections=paper.sections, annexes=paper.annexes, actor=actor,
        now=now,
    )
    keeping.tell(EditionFact.DRAFTED, edition, actor, now, {"kind": kind, "cut_off": cut_off})
    return edition.id


@transaction.atomic
def save(saving: Saving) -> int:
    """Save a text as the next version; returns it. What another saved in other sections meanwhile is kept beside it.

    Raises NotFound, NotYours, NotNow. Raises Overtaken: another changed the same section. Raises BadInput: no title, a
    mark that names no figure; and unless it is done knowingly, a figure that vanished or a number typed without a fact.
    """
    edition = keeping.permitted(EditionAct.EDIT, saving.edition_id, saving.actor, saving.now)
    title = written("title", saving.title, LONGEST_TITLE, wanted="请填写标题。")
    recipients = written("recipients", saving.recipients, LONGEST_RECIPIENTS)
    standing, base = keeping.wording_of(edition), keeping.wording_of(edition, saving.version)
    result = merged(sections_of(base), _taken(saving.sections), sections_of(standing))
    if result.clashes:
        raise _overtaken(edition, result, sections_of(standing))
    _judge(edition, sections_of(standing), result.sections, saving.knowingly)
    edition.version, edition.title = edition.version + 1, title
    edition.save()
    keeping.keep_wording(
        edition, title=title, recipients=recipients, sections=result.sections, annexes=annexes_of(standing),
        actor=saving.actor, now=saving.now,
    )
    keeping.tell(EditionFact.EDITED, edition, saving.actor, saving.now, {"version": edition.version})
    return edition.version


def _taken(sections: Sequence[Section]) -> tuple[Section, ...]:
    """The sections as they are kept, empty ones left out. Raises BadInput: one is too long or marked as classified."""
    typed = [
        Section(written(f"heading_{place}", one.heading, LONGEST_HEADING), written(f"text_{place}", one.text, LONGEST_TEXT))
        for place, one in enumerate(sections)
    ]
    return tuple(one for one in typed if one.heading or one.text)


def _overtaken(edition: Edition, result: Merged, theirs: tuple[Section, ...]) -> Overtaken:
    names = "、".join(f"“{theirs[place].heading}”" if place < len(theirs) else "已删去的一部分" for place in result.clashes)
    return Overtaken(
        f"您打开之后，有人改了{names}。您写的都还在下面，对照改好后再保存。", edition.version, theirs, result.clashes
    )


def _judge(edition: Edition, before: Sequence[Section], after: Sequence[Section], knowingly: bool) -> None:
    """Hold a text to its figures: a mark must name one; what vanished and what was typed by hand is named before it is saved."""
    if not after or len(after) > SECTIONS_MOST:
        raise BadInput(f"文稿至少一部分，最多 {SECTIONS_MOST} 部分。", {"sections": "请写至少一部分。"})
    labels = list(edition.figures.values_list("label", flat=True))
    strange = unknown((one.text for one in after), labels)
    if strange:
        raise _wrong_at(after, strange[0], f"没有名为“{'”“'.join(strange)}”的数，请照右侧所列的名称填写，或者删去这个记号。")
    if knowingly:
        return
    gone = lost((one.text for one in before), (one.text for one in after))
    typed_before = {number for one in before for number in unbound(one.text)}
    typed = [number for one in after for number in unbound(one.text) if number not in typed_before]
    said = [f"删去了系统统计的数：{'、'.join(gone)}。"] if gone else []
    said += [f"手工填写的数没有来源：{'、'.join(dict.fromkeys(typed))}。"] if typed else []
    if said:
        sentence = f"{''.join(said)}确实要这样，请勾选“我已核实”后再保存；否则请改回来。"
        raise BadInput(sentence, {"knowingly": sentence})


def _wrong_at(sections: Sequence[Section], name: str, sentence: str) -> BadInput:
    place = next(place for place, one in enumerate(sections) if name in one.text)
    return BadInput(sentence, {f"text_{place}": sentence})


@transaction.atomic
def redraw(*, edition_id: UUID, actor: Actor, now: datetime) -> tuple[str, ...]:
    """Count an edition anew for its cut-off; the words stay. Returns the names of the figures that are others now.

    Units whose own figures changed are asked once more, where they had been asked.
    Raises NotFound, NotYours, NotNow; Refused: nothing is known of the time.
    """
    edition = keeping.permitted(EditionAct.REDRAW, edition_id, actor, now)
    return recounted(edition, actor, now)


def recounted(edition: Edition, actor: Actor, now: datetime) -> tuple[str, ...]:
    """Count a locked edition anew, keep its figures and annexes, and ask those whose own figures changed."""
    viewer = scope.present()
    if viewer is None:
        raise NotFound
    paper, standing = drawn(viewer, PaperKind(edition.kind), edition.region_id, edition.cut_off), keeping.wording_of(edition)
    was = {one.key: one for one in figures_of(edition.figures.all())}
    changed = [one for one in paper.figures if one.key not in was or was[one.key].text != one.text]
    keeping.keep_figures(edition, keeping.compared(edition, paper.figures))
    edition.version, edition.drawn_at = edition.version + 1, now
    edition.save()
    keeping.keep_wording(
        edition, title=standing.title, recipients=standing.recipients, sections=sections_of(standing), annexes=paper.annexes,
        actor=actor, now=now,
    )
    keeping.tell(EditionFact.REDRAWN, edition, actor, now, {"changed": len(changed)})
    ask_again(edition, {one.unit_id for one in changed if one.unit_id is not None}, actor, now)
    return tuple(one.label for one in changed)


@transaction.atomic
def send_back(*, edition_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Return an edition from its check or its signer to drafting; the units are asked anew afterwards.

    Raises NotFound, NotNow, BadInput: no reason. Raises NotYours: neither who drafts nor who signs.
    """
    edition = keeping.found(edition_id)
    keeping.require(Permission.DISPATCH, Permission.SIGN)
    edition = keeping.permitted(EditionAct.RETURN, edition_id, actor, now, Permission.HANDLE)
    reason = written("reason", reason, LONGEST_REASON, wanted="请写明要改什么。")
    edition.state = EditionState.DRAFTING.value
    edition.save()
    keeping.tell(EditionFact.RETURNED, edition, actor, now, {}, {"reason": reason})


@transaction.atomic
def drop(*, edition_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Give an edition up; it had no number, so none is missing.

    Raises NotFound, NotYours, NotNow, BadInput: no reason.
    """
    edition = keeping.permitted(EditionAct.DROP, edition_id, actor, now)
    edition.drop_reason = written("reason", reason, LONGEST_REASON, wanted="请写明为什么作废。")
    edition.state = str(MOVES[EditionAct.DROP].to)
    edition.save()
    keeping.tell(EditionFact.DROPPED, edition, actor, now, {}, {"reason": edition.drop_reason})
