"""A draft is published: it becomes the version in force of its plan, every task and indicator tied to its clause."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.papers.actions.correcting import changes_of, draft_of
from zhitong.domain.papers.actions.standing import own_paper, tell
from zhitong.domain.papers.models import Comparison, Edition, NameLink, Paper, Reading
from zhitong.domain.papers.queries.naming import NameView, names_of
from zhitong.domain.papers.rules.facts import PaperFact
from zhitong.domain.papers.rules.kinds import PaperAct, PaperState
from zhitong.domain.papers.rules.recording import Beside, Head, record_of, troubles_of
from zhitong.domain.papers.rules.replaying import kinds_said
from zhitong.domain.plans.actions.loading import publish_version
from zhitong.domain.plans.queries.written import written_in_force
from zhitong.kit.keeping import Loaded
from zhitong.kit.refusals import BadInput, Refused
from zhitong.kit.texts import written
from zhitong.policy.shapes import Plan, as_json


class CannotBePublished(Refused):
    """Something in the draft stands in the way; the sentence names all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publishing:
    """What a person says when publishing: the head as it is printed, the day from which its values hold, the days its
    figures count from and to, and whether names that mean no unit are left as printed."""

    title: str
    number: str = ""
    issued_on: date
    begins_on: date | None = None
    ends_on: date | None = None
    leave_names: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """What a draft became."""

    campaign: str
    region_id: UUID
    version: int
    year: int
    title: str
    loaded: Loaded


@transaction.atomic
def publish(viewer: Viewer, paper_id: UUID, said: Publishing, *, actor: Actor, now: datetime) -> Published:
    """Let a draft be the version in force; published again, the same tasks and indicators stay the same rows.

    Raises NotYours, NotFound. Raises NotNow: it is another's document, or withdrawn. Raises CannotBePublished: no task, a
    number that the text lost, a name nobody has settled. Raises BadInput: no title, days in the wrong order.
    Raises StillUsed: what the draft leaves out was divided, amended or reported on. Source: R-C6, R-C7.
    """
    row = own_paper(viewer, paper_id, PaperAct.PUBLISH)
    reading = Reading.objects.select_for_update().get(paper=row)
    draft = draft_of(row, reading)
    names = _settled(row, draft, leave=said.leave_names)
    _refuse(draft, names)
    before = written_in_force(row.campaign)
    head = _head(row, said, before.version + 1 if before else 1, now, before.begins_on if before else None)
    units = {one.name: one.unit_id for one in names if one.unit_id}
    beside = Beside(kinds_said(changes_of(row)), units, _parents(row), before)
    loaded = publish_version(record_of(draft, head, beside), units=units, now=now)
    row.state, row.published_at, row.title, row.number = PaperState.PUBLISHED.value, now, head.title, head.number
    row.save(update_fields=["state", "published_at", "title", "number"])
    Edition.objects.create(
        paper=row, version=head.version, plan=as_json(draft), by_person_id=actor.person_id, published_at=now
    )
    tell(row, PaperFact.PUBLISHED, actor, now, {"campaign": row.campaign, "version": head.version})
    return Published(row.campaign, row.region_id, head.version, said.issued_on.year, head.title, loaded)


def _settled(row: Paper, draft: Plan, *, leave: bool) -> list[NameView]:
    names = names_of(row.id, row.region_id, draft)
    if leave:
        NameLink.objects.bulk_create([NameLink(paper=row, name=one.name) for one in names if not one.is_settled])
        names = names_of(row.id, row.region_id, draft)
    return names


def _refuse(draft: Plan, names: list[NameView]) -> None:
    troubles = troubles_of(draft, [one.name for one in names if not one.is_settled])
    if troubles:
        raise CannotBePublished("".join(troubles))


def _head(row: Paper, said: Publishing, version: int, now: datetime, began: date | None) -> Head:
    title = written("title", said.title, 200, wanted="请填写方案的标题。")
    begins_on = said.begins_on or began
    ends_on = said.ends_on
    if begins_on and ends_on and ends_on < begins_on:
        sentence = "结束日期不能早于开始日期。"
        raise BadInput(sentence, {"ends_on": sentence})
    return Head(
        row.campaign, directory().regions[row.region_id].code, version, row.document, title,
        written("number", said.number, 60), said.issued_on, begins_on, ends_on,
    )


def _parents(row: Paper) -> dict[str, str]:
    """The tasks one level up that the tasks carry out, as the newest comparison with a published paper found them."""
    newest = Comparison.objects.filter(lower=row, by_unit_id=row.by_unit_id, upper__state=PaperState.PUBLISHED.value)
    found = newest.order_by("-compared_at").values_list("found", "upper__campaign").first()
    if found is None:
        return {}
    compared, campaign = found
    return {
        lower: f"{campaign}#{line['upper']}"
        for line in compared["tasks"] if line["upper"] for lower in line["lower"]
    }
