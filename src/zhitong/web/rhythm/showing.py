"""How a cycle and a decision stand, as shapes and words, and where what they are about is."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.rules.lights import Light as Standing
from zhitong.domain.rhythm.queries.cycles import AgendaRow, CycleView
from zhitong.domain.rhythm.queries.decisions import DecisionRow
from zhitong.domain.rhythm.rules.kinds import CycleState, DecisionState, SnapshotFigure
from zhitong.kit.refusals import NotFound
from zhitong.web.shell.components import DUE_SOON, OVERDUE, Figure, Light, Tab, Text, Tone
from zhitong.web.shell.words import figure_in_words

ALL = ("", gettext_lazy("全部"))
_TONES = {
    CycleState.PREPARING: Tone.NONE, CycleState.CALLED: Tone.WARN, CycleState.HELD: Tone.WARN, CycleState.PUBLISHED: Tone.GOOD,
    CycleState.FILED: Tone.NONE, CycleState.DROPPED: Tone.NONE,
}
_OF_DECISIONS = {
    DecisionState.DRAFT: Tone.NONE, DecisionState.OPEN: Tone.GOOD, DecisionState.ANSWERED: Tone.NONE,
    DecisionState.RETURNED: Tone.BAD, DecisionState.CLOSED: Tone.GOOD,
}
_PRESSING = {Standing.OVERDUE: OVERDUE, Standing.SOON: DUE_SOON}
_PHASES: tuple[tuple[Text, frozenset[CycleState]], ...] = (
    (gettext_lazy("筹备"), frozenset({CycleState.PREPARING, CycleState.CALLED})),
    (gettext_lazy("召开"), frozenset({CycleState.HELD})),
    (gettext_lazy("决定事项跟踪"), frozenset({CycleState.PUBLISHED})),
    (gettext_lazy("归档"), frozenset({CycleState.FILED})),
)
_OF_PROBLEMS = frozenset({SnapshotFigure.REPORTED, SnapshotFigure.SETTLED, SnapshotFigure.UNSETTLED, SnapshotFigure.OVERDUE})


@dataclass(frozen=True)
class Phase:
    """A phase of a cycle on its page: how it stands to where the cycle is now."""

    label: Text
    word: str
    note: Text = ""


@dataclass(frozen=True)
class Shown:
    """An item of an agenda with the address of what it is about; empty where it is about nothing else."""

    row: AgendaRow
    url: str


def officials_only(viewer: Viewer) -> None:
    """Refuse the served: what offices settle among themselves is theirs.

    Raises NotFound.
    """
    if viewer.unit_kind is UnitKind.SERVED:
        raise NotFound


def tabs(here: str, viewer: Viewer) -> list[Tab]:
    """The places of the rhythm, side by side; habits are those of an office."""
    places = [("list", _("会议")), ("decisions", _("决定事项"))]
    if viewer.may(Permission.SUPERVISE):
        places.append(("habits", _("例会安排")))
    return [Tab(label, reverse(f"rhythm:{name}"), name == here) for name, label in places]


def light_of(state: CycleState) -> Light:
    """How a cycle stands."""
    return Light(_TONES[state], state.label)


def decision_light(row: DecisionRow) -> Light:
    """How a decision stands: pressing ones by their limit, the others by their state."""
    return _PRESSING.get(row.light) or Light(_OF_DECISIONS[row.state], row.state.label)


def phases_of(found: CycleView) -> list[Phase]:
    """The four phases, those passed, the one where it is, those ahead; nothing is ahead of one that was dropped."""
    here = next((place for place, (_label, states) in enumerate(_PHASES) if found.row.state in states), -1)
    words = ("passed" if place < here else "here" if place == here else "ahead" for place in range(len(_PHASES)))
    return [
        Phase(label, word, found.row.state.label if word == "here" and found.row.state is CycleState.CALLED else "")
        for (label, _states), word in zip(_PHASES, words, strict=True)
    ]


def shown(rows: tuple[AgendaRow, ...]) -> list[Shown]:
    """Items of an agenda with where they lead."""
    return [Shown(one, _address(one)) for one in rows]


def figures_of(found: CycleView) -> list[Figure]:
    """The snapshot, each figure with how it was last time."""
    return [
        Figure(
            one.figure.label, figure_in_words(one.value), _("件") if one.figure in _OF_PROBLEMS else _("项"),
            "" if one.before is None else _("上次 %s") % figure_in_words(one.before),
        )
        for one in found.figures
    ]


def _address(one: AgendaRow) -> str:
    found: tuple[tuple[str, UUID | str | None], ...] = (
        ("problems:page", one.problem_number or None), ("lights:course", one.target_id), ("inspections:finding", one.finding_id),
        ("rhythm:decision", one.decision_id),
    )
    return next((reverse(name, args=[about]) for name, about in found if about is not None), "")
