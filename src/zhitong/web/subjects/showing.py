"""What the page of one of the served is made of: what it is, what may be done, what is known, what happened, what is behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from zhitong.domain.campaigns.queries import campaign_in_force, tier_rules_in_force
from zhitong.domain.cards.queries import cards_of_subject
from zhitong.domain.organisations.queries.granted import may_trace
from zhitong.domain.organisations.rules.kinds import Rank, UnitKind
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries.lists import Filters, problems_for
from zhitong.domain.problems.rules.lenses import Lens, lenses_of
from zhitong.domain.subjects.queries.known import FigureSeries, MarkView, absorbed_by, elements_of, figures_of, marks_of
from zhitong.domain.subjects.queries.one import SubjectView, subject_seen
from zhitong.domain.subjects.queries.removals import removals_of
from zhitong.domain.subjects.queries.told import SubjectTold, told_of
from zhitong.domain.subjects.rules.describing import PLACES, Field
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.subjects.rules.known import Known
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.shell.components import Crumb, Happening
from zhitong.web.shell.words import figure_in_words, money_in_words, whole_day
from zhitong.web.subjects.acting import bar_of
from zhitong.web.subjects.forms import marks_offered

PROBLEMS, HAPPENINGS, PERIODS = 10, 12, 8
_BUILDING = (Field.PLANNED_START, Field.STARTED, Field.PLANNED_FINISH, Field.FINISHED)
_SAID_ELSEWHERE = frozenset({
    Field.NAME, Field.CODE, Field.CODE_REASON, Field.SUB_KIND, Field.STAGE, Field.IMPORTANCE, Field.INVESTMENT,
    Field.PROGRESS, *_BUILDING,
})


@dataclass(frozen=True)
class Line:
    """A term and what stands for it."""

    label: str
    value: str


@dataclass(frozen=True)
class FigureLine:
    """A figure of a period in words."""

    period: str
    value: str
    source: str
    noted_at: Any


@dataclass(frozen=True)
class FigureTable:
    """One figure over time: the newest periods, and how many more there are."""

    label: str
    lines: list[FigureLine]
    more: int


def shown(viewer: Viewer, subject: SubjectView) -> dict[str, Any]:
    """The subject itself, as far as the viewer may see it."""
    is_served = viewer.unit_kind is UnitKind.SERVED
    told = [_happening(one, place) for place, one in enumerate(told_of(subject))]
    campaign = campaign_in_force()
    return {
        "subject": subject,
        "labels": campaign.labels if campaign else {},
        "bar": bar_of(viewer, subject),
        "may_assign": viewer.may(Permission.DISPATCH) and subject.ended_on is None,
        "may_trace": may_trace(viewer, subject.region_id),
        "project": list(_project(subject)),
        "register": list(_register(subject)),
        "figures": [_table(series) for series in figures_of(subject)],
        "elements": elements_of(subject.id) if subject.kind is SubjectKind.PROJECT else [],
        "has_elements": subject.kind is SubjectKind.PROJECT,
        "marks": _marks(subject),
        "removals": [one for one in removals_of(subject.id) if one.agreed is None],
        "survivor": _survivor(viewer, subject),
        "happenings": told[:HAPPENINGS],
        "older": told[HAPPENINGS:],
        "crumbs": [] if is_served else [Crumb(_("服务对象"), reverse("subjects:list")), Crumb(subject.name)],
    }


def behind(viewer: Viewer, subject: SubjectView) -> dict[str, Any]:
    """The problems and cards behind a subject, those of the rows that went into it too."""
    absorbed = absorbed_by(subject.id)
    ids = [subject.id, *(one.id for one in absorbed)]
    lenses = lenses_of(viewer)
    lens = Lens.ALL if Lens.ALL in lenses else lenses[0]
    filters = Filters(subject_id=subject.id, absorbed_ids=tuple(ids[1:]))
    problems = problems_for(viewer, lens, filters, now=clock.now(), limit=PROBLEMS)
    ledger = f"{reverse('problems:ledger')}?{urlencode({'q': subject.name})}"
    cards = sorted((card for one in ids for card in cards_of_subject(viewer, one)), key=lambda card: card.submitted_at)
    return {
        "problems": problems.rows,
        "ledger_url": ledger if problems.next_key and viewer.unit_kind is not UnitKind.SERVED else "",
        "cards": cards[::-1],
        "absorbed": absorbed,
    }


def _survivor(viewer: Viewer, subject: SubjectView) -> SubjectView | None:
    """The row into which this one went, where the viewer sees it."""
    if subject.merged_into_id is None:
        return None
    try:
        return subject_seen(viewer, subject.merged_into_id)
    except NotFound:
        return None


def _project(subject: SubjectView) -> Iterator[Line]:
    """What a project, platform or work is about: importance, money, dates, how far it looks to have come."""
    said = subject.described
    if subject.described.get(Field.IMPORTANCE):
        yield Line(_("重点级别"), Rank(said[Field.IMPORTANCE]).label)
    if said.get(Field.INVESTMENT) is not None:
        yield Line(_("总投资"), money_in_words(said[Field.INVESTMENT]))
    if subject.invested_cny is not None:
        yield Line(_("已完成投资"), money_in_words(subject.invested_cny) + _share(subject.invested_cny, said.get(Field.INVESTMENT)))
    for field in _BUILDING:
        if said.get(field):
            yield Line(field.label, whole_day(said[field]))
    if said.get(Field.PROGRESS):
        yield Line(Field.PROGRESS.label, said[Field.PROGRESS])


def _share(done: int, whole: int | None) -> str:
    return _("（%d%%）") % round(100 * done / whole) if whole else ""


def _register(subject: SubjectView) -> Iterator[Line]:
    """What the register says beside name, code and what a project is about."""
    if subject.operating_region:
        yield Line(_("经营地"), subject.operating_region)
        yield Line(_("属地认定理由"), subject.region_reason)
    for field, value in subject.described.items():
        if field in _SAID_ELSEWHERE:
            continue
        said = subject.places.get(field, "") if field in PLACES else value
        if said:
            yield Line(field.label, str(said))
        elif field in PLACES:
            yield Line(field.label, _("与属地相同"))


def _marks(subject: SubjectView) -> list[tuple[str, MarkView]]:
    labels = dict(marks_offered(tier_rules_in_force()))
    return [(labels.get(one.code, one.code), one) for one in marks_of(subject.id)]


def _table(series: FigureSeries) -> FigureTable:
    lines = [
        FigureLine(one.period_words, _amount(series.code, one.value), one.source.label, one.noted_at)
        for one in series.figures[:PERIODS]
    ]
    return FigureTable(series.code.label, lines, max(0, len(series.figures) - PERIODS))


def _amount(code: Known, value: Any) -> str:
    return money_in_words(value) if code.value.endswith("_cny") else figure_in_words(value)


def _happening(told: SubjectTold, place: int) -> Happening:
    who = " ".join(filter(None, (told.unit, told.who)))
    return Happening(told.at, told.kind.label, who, "\n".join(told.words), newest=place == 0)
