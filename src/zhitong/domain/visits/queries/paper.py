"""走访一页纸: what one reads before a visit: who it is, who looks after it, what was promised, what is open, the last figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhitong.domain.cards.queries import card, cards_of_subject
from zhitong.domain.cards.rules.kinds import FIGURES
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries.lists import Filters, ProblemRow, problems_for
from zhitong.domain.problems.rules.kinds import OPEN_STATES
from zhitong.domain.problems.rules.lenses import Lens, lenses_of
from zhitong.domain.subjects.queries.one import SubjectView, subject_seen
from zhitong.domain.visits.queries.lists import VisitRow
from zhitong.domain.visits.queries.one import PromiseView, promises_to, visits_to
from zhitong.domain.visits.queries.outlook import Outlook, outlook
from zhitong.kit.clock import day_of

PROBLEMS, PROMISES, FIGURES_MOST = 6, 6, 8


@dataclass(frozen=True, slots=True)
class CardFigure:
    """A figure of the last card as it was sent, with the unit it is told in."""

    label: str
    told: str
    unit: str


@dataclass(frozen=True, slots=True)
class VisitPaper:
    """Everything on the page. `card_round` is empty where no card was sent or its figures are not for the viewer."""

    subject: SubjectView
    outlook: Outlook
    last_visit: VisitRow | None
    promises: tuple[PromiseView, ...]
    problems: tuple[ProblemRow, ...]
    card_round: str
    figures: tuple[CardFigure, ...]


def visit_paper(viewer: Viewer, subject_id: UUID, *, now: datetime) -> VisitPaper:
    """The page for one of the served, a fixed number of queries whatever has happened there.

    Raises NotFound: it is not there for this viewer.
    """
    subject, today = subject_seen(viewer, subject_id), day_of(now)
    open_states = Filters(subject_id=subject_id, states=tuple(OPEN_STATES))
    lenses = lenses_of(viewer)
    lens = Lens.ALL if Lens.ALL in lenses else lenses[0]
    problems = problems_for(viewer, lens, open_states, now=now, limit=PROBLEMS)
    visits = visits_to(viewer, subject_id, limit=1)
    card_round, figures = _last_figures(viewer, subject_id, now)
    return VisitPaper(
        subject, outlook(viewer, subject_id, today), visits[0] if visits else None,
        promises_to(viewer, subject_id, today=today, limit=PROMISES), tuple(problems.rows), card_round, figures,
    )


def _last_figures(viewer: Viewer, subject_id: UUID, now: datetime) -> tuple[str, tuple[CardFigure, ...]]:
    sent = cards_of_subject(viewer, subject_id, limit=1)
    if not sent:
        return "", ()
    opened = card(viewer, sent[0].id, today=day_of(now))
    told = tuple(
        CardFigure(field.label, words, field.unit)
        for section in opened.sections or () for field, words in section.fields if field.kind in FIGURES and words
    )
    return (sent[0].round_name if told else ""), told[:FIGURES_MOST]
