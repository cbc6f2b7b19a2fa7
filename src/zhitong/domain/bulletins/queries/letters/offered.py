"""Which papers there are about one matter at a cut-off time: each with when it arose, or the sentence why there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from zhitong.domain.bulletins.queries.letters import answer, asking_help, consultation, extension, order, striking_off
from zhitong.domain.bulletins.queries.letters.matter import Matter, matter
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.supervision.queries.pressed import pressed_on
from zhitong.domain.supervision.rules.kinds import UrgingKind
from zhitong.kit.official.shapes import Document
from zhitong.kit.refusals import Refused


@dataclass(frozen=True, slots=True)
class Offer:
    """A paper that can be made: `about` names the matter and the place among several; or why there is none."""

    kind: PaperKind
    about: str
    of_whom: str = ""
    since: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Source:
    """How a kind comes from a matter: of each of its rows the time and the other side, and the paper at a place."""

    rows: Callable[[Matter], Sequence[tuple[datetime, str]]]
    paper: Callable[[Matter, int], Document]


_SOURCES: Mapping[PaperKind, _Source] = {
    PaperKind.ORDER: _Source(
        lambda found: [(one.started_at, found.unit(one.unit_id)) for one in found.handling], order.order_of,
    ),
    PaperKind.EXTENSION: _Source(
        lambda found: [(one.asked_at, found.unit(one.by_unit_id)) for one in extension.requests_for_time(found)],
        extension.extension_of,
    ),
    PaperKind.HELP: _Source(
        lambda found: [(one.at, one.receiver) for one in asking_help.askings(found)], asking_help.help_of,
    ),
    PaperKind.CONSULTATION: _Source(
        lambda found: [(one.asked_at, found.unit(one.unit_id)) for one in consultation.letters_sent(found)],
        consultation.consultation_of,
    ),
    PaperKind.ANSWER: _Source(
        lambda found: [(one.row.answered_at, found.unit(one.row.unit_id)) for one in found.answers], answer.answer_of,
    ),
    PaperKind.STRIKING_OFF: _Source(
        lambda found: [(one.row.answered_at, found.unit(one.row.unit_id)) for one in found.answers[-1:]],
        striking_off.striking_off_of,
    ),
}


def offers_for(viewer: Viewer, number: str, at: datetime) -> list[Offer]:
    """The papers about a matter in the order of its way, of several of a kind the newest first; what there is none of says why.

    Raises NotFound, Refused as `matter`.
    """
    found = matter(viewer, number, at)
    return [*offers_of(found), *supervisions_on(viewer, found)]


def supervisions_on(viewer: Viewer, found: Matter) -> list[Offer]:
    """The notices of supervisions on a matter that were out at the cut-off, as far as the reader may see them, newest first."""
    pressed = pressed_on(viewer, found.standing, now=found.at).urgings
    return [
        Offer(PaperKind.SUPERVISION, one.number, one.unit, one.at)
        for one in pressed if one.kind is UrgingKind.SUPERVISE and one.at <= found.at
    ]


def offers_of(found: Matter) -> list[Offer]:
    """The papers of a matter in hand that are made of itself alone."""
    return [offer for kind in _SOURCES for offer in _of_kind(kind, found)]


def paper_of(found: Matter, offer: Offer) -> Document:
    """The paper that was offered."""
    return _SOURCES[offer.kind].paper(found, int(offer.about.partition("@")[2] or 0))


def _of_kind(kind: PaperKind, found: Matter) -> list[Offer]:
    source = _SOURCES[kind]
    rows = source.rows(found)
    try:
        source.paper(found, len(rows))
    except Refused as refused:
        return [Offer(kind, found.number, reason=refused.sentence)]
    several = len(rows) > 1
    offers = [
        Offer(kind, f"{found.number}@{place}" if several else found.number, of_whom, since)
        for place, (since, of_whom) in enumerate(rows, start=1)
    ]
    return offers[::-1]
