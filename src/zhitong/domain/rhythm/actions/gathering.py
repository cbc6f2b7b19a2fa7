"""Gathering: what is red goes onto the agenda with its words of now, and the figures beside it are taken anew."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.rhythm.models import AgendaItem, Cycle, Decision, Figure
from zhitong.domain.rhythm.queries.gathering import Matter, figures_at, matters_for
from zhitong.domain.rhythm.rules.kinds import GATHERED, AgendaState, CycleState


def gather_into(viewer: Viewer, row: Cycle, *, now: datetime) -> int:
    """Gather into a cycle that is still being prepared; returns how many items are new.

    What is still red keeps its place and whether it is taken up, and says how it stands now; what is red no more goes;
    what was added by hand or asked for stays as it is.
    """
    found = {one.key: one for one in matters_for(viewer, row, now=now)}
    kept = {one.key: one for one in AgendaItem.objects.filter(cycle=row)}
    gathered = {word.value for word in GATHERED}
    gone = [one.id for one in kept.values() if one.source in gathered and one.key not in found]
    AgendaItem.objects.filter(id__in=gone).delete()
    for key in kept.keys() & found.keys():
        AgendaItem.objects.filter(id=kept[key].id).update(
            title=found[key].title, words=found[key].words, unit_id=found[key].unit_id, put_at=now
        )
    last = max((one.position for one in kept.values()), default=0)
    fresh = [one for key, one in found.items() if key not in kept]
    AgendaItem.objects.bulk_create([_item(row, one, place, now) for place, one in enumerate(fresh, start=last + 1)])
    carried = [one.decision_id for one in fresh if one.decision_id]
    Decision.objects.filter(id__in=carried).update(carried=F("carried") + 1)
    Cycle.objects.filter(id=row.id).update(cut_off_at=now)
    _take_figures(viewer, row, now)
    return len(fresh)


def _item(row: Cycle, one: Matter, place: int, now: datetime) -> AgendaItem:
    return AgendaItem(
        cycle=row, office_id=row.office_id, key=one.key, source=one.source.value, state=AgendaState.ON.value, position=place,
        title=one.title, words=one.words, unit_id=one.unit_id, problem_number=one.problem_number, target_id=one.target_id,
        finding_id=one.finding_id, decision_id=one.decision_id, put_at=now,
    )


def _take_figures(viewer: Viewer, row: Cycle, now: datetime) -> None:
    """The snapshot as of now, each figure beside that of the newest cycle of this kind that was held before."""
    held = [CycleState.HELD.value, CycleState.PUBLISHED.value, CycleState.FILED.value]
    last = Cycle.objects.filter(office_id=row.office_id, kind=row.kind, state__in=held).exclude(id=row.id).order_by("-meets_at").first()
    before = dict(Figure.objects.filter(cycle=last).values_list("figure", "value")) if last else {}
    Figure.objects.filter(cycle=row).delete()
    Figure.objects.bulk_create([
        Figure(cycle=row, figure=word.value, value=value, before=before.get(word.value))
        for word, value in figures_at(viewer, row, now=now).items()
    ])
