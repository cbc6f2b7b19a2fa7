"""One form: what it asks in a version, what changed from the version before, where it was used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from zhitong.domain.cards.models import TemplateRow
from zhitong.domain.cards.queries.forms.asking import ask_reader, costs, owed_by_round, reporters_of, rounds_of
from zhitong.domain.cards.rules.burden import Burden
from zhitong.domain.cards.rules.designing import may_govern
from zhitong.domain.cards.rules.differences import differences
from zhitong.domain.cards.rules.templates import Definition, Template, template_of
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class UsedIn:
    """A round that asked for a version, and the cards it asked for in the viewer's region."""

    round_id: UUID
    name: str
    period: str
    due_on: date
    cards: int


@dataclass(frozen=True, slots=True)
class FormVersion:
    """A version beside the one that is looked at."""

    id: UUID
    number: int
    published_at: datetime


@dataclass(frozen=True, slots=True)
class FormView:
    """A version of a form; `changes` are from the version before it."""

    id: UUID
    template: Template
    definition: Definition
    asked_by: str
    published_at: datetime
    retired_at: datetime | None
    retired_reason: str
    versions: tuple[FormVersion, ...]
    changes: tuple[str, ...]
    rounds: tuple[UsedIn, ...]
    burden: Burden
    may_begin: bool
    may_govern: bool

    @property
    def is_newest(self) -> bool:
        """Whether no later version is published."""
        return self.versions[0].id == self.id


def form_seen(viewer: Viewer, template_id: UUID) -> FormView:
    """One version; five queries.

    Raises NotFound: there is none, or the viewer is one of the served.
    """
    ask_reader(viewer)
    row = TemplateRow.objects.filter(id=template_id).first()
    if row is None:
        raise NotFound
    every = list(TemplateRow.objects.filter(campaign=row.campaign, code=row.code).order_by("-version"))
    before = next((one for one in every if one.version < row.version), None)
    form = template_of(row.definition)
    here = directory()
    asker = here.units.get(row.unit_id) if row.unit_id else None
    may_begin = viewer.may(Permission.DESIGN)
    return FormView(
        id=row.id, template=form, definition=row.definition, asked_by=asker.name if asker else "",
        published_at=row.published_at, retired_at=row.retired_at, retired_reason=row.retired_reason,
        versions=tuple(FormVersion(one.id, one.version, one.published_at) for one in every),
        changes=tuple(differences(template_of(before.definition), form)) if before else (),
        rounds=_used_in(viewer, row.id), burden=costs(form, reporters_of(viewer)), may_begin=may_begin,
        may_govern=may_begin and may_govern(
            viewer.region_id, viewer.unit_id, row.unit_id, here.path(asker.region_id if asker else viewer.region_id)
        ),
    )


def _used_in(viewer: Viewer, template_id: UUID) -> tuple[UsedIn, ...]:
    rounds = rounds_of([template_id])
    owed = owed_by_round(viewer, [one.id for one in rounds])
    return tuple(UsedIn(one.id, one.name, one.period, one.due_on, owed[one.id]) for one in rounds if owed.get(one.id))
