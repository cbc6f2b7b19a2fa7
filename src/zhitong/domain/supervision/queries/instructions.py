"""领导批示台账: instructions as a ledger and one by one; words on confidential problems only to who may see these."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from zhitong.domain.files.queries import FileView
from zhitong.domain.organisations.queries import directory, unit_names
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries.heads import ProblemHead, heads_for
from zhitong.domain.problems.rules.lights import Light, light_of
from zhitong.domain.supervision.models import Instruction, InstructionCase, InstructionText, Item
from zhitong.domain.supervision.queries.attached import files_of_instruction
from zhitong.domain.supervision.queries.pressed import UrgingView, urging_views
from zhitong.domain.supervision.queries.sight import instructions_seen, items_seen, urgings_seen
from zhitong.domain.supervision.rules.instructing import ledger_state
from zhitong.domain.supervision.rules.kinds import InstructionKind, ItemState, LedgerState
from zhitong.kit.choices import Word
from zhitong.kit.refusals import NotFound

_OPEN = ~Q(state=ItemState.ENDED.value)


class InstructionOrder(Word):
    """The orders of the ledger."""

    REGISTERED = "registered", "最近登记的在前"
    INSTRUCTED = "instructed", "最近批示的在前"


@dataclass(frozen=True, slots=True)
class InstructionFilters:
    """What the ledger is narrowed to; `words` looks in leader, paper title and number, not in the instruction itself."""

    state: LedgerState | None = None
    kind: InstructionKind | None = None
    is_late: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item; `is_own` when it is the viewer's unit's to report, `is_kept` when the viewer's unit registered it."""

    id: UUID
    unit: str
    demand: str
    state: ItemState
    due_at: datetime
    light: Light
    report: str
    reported_at: datetime | None
    presented_on: date | None
    answer_kind: InstructionKind | None
    answer_words: str
    answered_on: date | None
    is_own: bool
    is_kept: bool


@dataclass(frozen=True, slots=True)
class InstructionRow:
    """An instruction as the ledger shows it; `are_words_hidden` where they speak of a problem the viewer may not see."""

    id: UUID
    kind: InstructionKind
    leader: str
    leader_title: str
    words: str
    are_words_hidden: bool
    instructed_on: date
    registered_at: datetime
    by_unit: str
    paper_title: str
    paper_number: str
    cases: tuple[ProblemHead, ...]
    items: tuple[ItemView, ...]
    state: LedgerState
    due_at: datetime | None
    light: Light


@dataclass(frozen=True, slots=True)
class InstructionPage:
    """One instruction in full, with what came of it on its problems; `may_assign` when its items are the viewer's.

    `files` are the pictures of the paper, for who reads the words.
    """

    row: InstructionRow
    files: tuple[FileView, ...]
    urgings: tuple[UrgingView, ...]
    may_assign: bool


def instructions_for(
    viewer: Viewer, filters: InstructionFilters, *, now: datetime,
    order: InstructionOrder = InstructionOrder.REGISTERED, turned: bool = False,
    after: tuple[date | None, UUID] | None = None, limit: int = 50,
) -> list[InstructionRow]:
    """One page of the ledger, newest first (`turned`: oldest first), in a fixed number of queries."""
    found = _asked(viewer, filters, now)
    step = "gt" if turned else "lt"
    if after is not None:
        on, id_ = after
        found = found.filter(
            Q(**{f"id__{step}": id_}) if order is InstructionOrder.REGISTERED
            else Q(**{f"instructed_on__{step}": on}) | Q(**{"instructed_on": on, f"id__{step}": id_})
        )
    names = ("id",) if order is InstructionOrder.REGISTERED else ("instructed_on", "id")
    placed = found.order_by(*(F(name).asc() if turned else F(name).desc() for name in names))
    return _rows(viewer, list(placed[:limit]), now)


def count_instructions(viewer: Viewer, filters: InstructionFilters, *, now: datetime, most: int) -> int:
    """How many the ledger holds, counted up to `most`; one query."""
    return _asked(viewer, filters, now)[:most].count()


def instructions_until(viewer: Viewer, region_id: UUID, *, at: datetime, most: int) -> list[InstructionRow]:
    """What was registered in a region and below until a moment, the latest instructed first; its rows are as they are now.

    A fixed number of queries. Whether the region is the viewer's the caller asks.
    """
    within = set(directory().within(region_id))
    found = instructions_seen(viewer).filter(region_id__in=within, registered_at__lte=at).order_by("-instructed_on", "-id")
    return _rows(viewer, list(found[:most]), at)


def instruction_page(viewer: Viewer, instruction_id: UUID, *, now: datetime) -> InstructionPage:
    """One instruction in a fixed number of queries.

    Raises NotFound: there is no such instruction, or none for this viewer.
    """
    found = instructions_seen(viewer).filter(id=instruction_id).first()
    if found is None:
        raise NotFound
    [row] = _rows(viewer, [found], now)
    seen = {head.standing.id for head in row.cases}
    urgings = urgings_seen(viewer).filter(instruction_id=found.id).select_related("supervision", "instruction")
    return InstructionPage(
        row, files_of_instruction(found.id), urging_views([one for one in urgings.order_by("id") if one.problem_id in seen], now),
        found.by_unit_id == viewer.unit_id and viewer.may(Permission.SUPERVISE),
    )


def instruction_of_item(viewer: Viewer, item_id: UUID) -> UUID:
    """The instruction that an item belongs to.

    Raises NotFound: there is no such item, or none for this viewer.
    """
    found = items_seen(viewer).filter(id=item_id).values_list("instruction_id", flat=True).first()
    if found is None:
        raise NotFound
    return found


def _asked(viewer: Viewer, filters: InstructionFilters, now: datetime) -> QuerySet[Instruction]:
    found = instructions_seen(viewer)
    items = items_seen(viewer).filter(instruction_id=OuterRef("id"))
    is_open, has_items = Exists(items.filter(_OPEN)), Exists(items)
    states = {
        LedgerState.OPEN: Q(is_open), LedgerState.FILED: ~Q(has_items), LedgerState.DONE: Q(has_items) & ~Q(is_open),
    }
    if filters.state:
        found = found.filter(states[filters.state])
    if filters.kind:
        found = found.filter(kind=filters.kind.value)
    if filters.is_late:
        found = found.filter(Exists(items.filter(_OPEN, due_at__lt=now)))
    if filters.words:
        named = (f"{name}__icontains" for name in ("leader", "leader_title", "paper_title", "paper_number"))
        about = Q()
        for name in named:
            about |= Q(**{name: filters.words})
        found = found.filter(about)
    return found


def _rows(viewer: Viewer, found: list[Instruction], now: datetime) -> list[InstructionRow]:
    ids = [one.id for one in found]
    kept = list(items_seen(viewer).filter(instruction_id__in=ids).order_by("id"))
    names = unit_names((*(one.by_unit_id for one in found), *(item.unit_id for item in kept)))
    items: dict[UUID, list[ItemView]] = {}
    for item in kept:
        items.setdefault(item.instruction_id, []).append(_item(item, viewer, names, now))
    cases: dict[UUID, list[UUID]] = {}
    for instruction_id, problem_id in InstructionCase.objects.filter(instruction_id__in=ids).values_list(
        "instruction_id", "problem_id"
    ):
        cases.setdefault(instruction_id, []).append(problem_id)
    heads = heads_for(viewer, ids=(one for about in cases.values() for one in about))
    texts = {one.instruction_id: one for one in InstructionText.objects.filter(instruction_id__in=ids)}
    return [
        _row(one, names, items.get(one.id, []), [heads[about] for about in sorted(cases.get(one.id, ())) if about in heads],
             texts.get(one.id))
        for one in found
    ]


def _row(
    one: Instruction, names: Mapping[UUID, str], items: list[ItemView], heads: list[ProblemHead], text: InstructionText | None
) -> InstructionRow:
    kind = InstructionKind(one.kind)
    words = text.words if text and text.confidential_cases == _confidential(heads) else ""
    waiting = [item for item in items if item.state is not ItemState.ENDED]
    first = min(waiting, key=lambda item: item.due_at, default=None)
    return InstructionRow(
        one.id, kind, one.leader, one.leader_title, words, kind is InstructionKind.WORDS and not words,
        one.instructed_on, one.registered_at, names[one.by_unit_id], one.paper_title, one.paper_number,
        tuple(heads), tuple(items), ledger_state([item.state for item in items]), first.due_at if first else None,
        first.light if first else Light.NONE,
    )


def _confidential(heads: Iterable[ProblemHead]) -> int:
    return sum(head.standing.confidential for head in heads)


def _item(item: Item, viewer: Viewer, names: Mapping[UUID, str], now: datetime) -> ItemView:
    state = ItemState(item.state)
    return ItemView(
        item.id, names[item.unit_id], item.demand, state, item.due_at, _light(item, state, now), item.report,
        item.reported_at, item.presented_on, InstructionKind(item.answer_kind) if item.answer_kind else None,
        item.answer_words, item.answered_on, item.unit_id == viewer.unit_id, item.by_unit_id == viewer.unit_id,
    )


def _light(item: Item, state: ItemState, now: datetime) -> Light:
    """The light of an item: its unit's limit stands still with the report, which stays late if it was."""
    if state is ItemState.ASSIGNED:
        return light_of(item.due_at, item.warn_at, now)
    return Light.OVERDUE if item.reported_at and item.reported_at > item.due_at else Light.NONE
