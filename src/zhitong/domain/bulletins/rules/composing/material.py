"""What a paper is composed from, and the figures that it takes out of it one by one. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from zhitong.domain.bulletins.rules.drawn import Bound
from zhitong.domain.bulletins.rules.marks import mark
from zhitong.domain.bulletins.rules.measures import Counts, Standings, share_words
from zhitong.domain.problems.rules.phases import Numbers, Phase


@dataclass(frozen=True, slots=True)
class Group:
    """Those ranked together: what they are called (县（市、区）), by what they are counted (region, unit), how they stand."""

    name: str
    by: str
    standings: Standings


@dataclass(frozen=True, slots=True)
class Solved:
    """A problem that was solved, as a brief may tell it."""

    number: str
    subject_name: str
    category: str
    region: str
    unit: str
    text: str
    answer: str


@dataclass(frozen=True, slots=True)
class Adopted:
    """A piece that the office adopted in the time, as a brief tells it."""

    title: str
    text: str
    unit: str


@dataclass(frozen=True, slots=True)
class Material:
    """A territory's facts of a time: numbers at its beginning and end, what was counted of it, its groups, most frequent
    categories (code, name, how many stand), a typical problem and adopted pieces for a brief."""

    region_id: UUID
    region_code: str
    region_name: str
    office: str
    below: str
    since: datetime
    cut_off: datetime
    words: str
    before: Numbers
    after: Numbers
    counts: Counts
    groups: tuple[Group, ...]
    waiting: tuple[tuple[str, str, int], ...] = ()
    typical: Solved | None = None
    adopted: tuple[Adopted, ...] = ()


@dataclass(slots=True)
class Figures:
    """The figures of a paper as it is being written: each is said once and stands in the text by its mark."""

    found: dict[str, Bound] = field(default_factory=dict)

    def say(
        self, key: str, label: str, value: object, unit: str = "", *, of: UUID | None = None,
        behind: Mapping[str, str] | None = None,
    ) -> str:
        """Bind a value and give the mark under which it stands in the text; of two alike names the later gets a number."""
        if key not in self.found:
            taken = {one.label for one in self.found.values()}
            names = (label, *(f"{label}（{place}）" for place in range(2, len(taken) + 3)))
            free = next(name for name in names if name not in taken)
            self.found[key] = Bound(key, free, str(value), unit, of, dict(behind or {}))
        return mark(self.found[key].label)


def of_territory(figures: Figures, about: Material) -> dict[str, str]:
    """The marks of a territory's own figures by their keys: what stands, what moved, what fell due, what was rated."""
    counts, before, after, code = about.counts, about.before, about.after, about.region_code
    since, until = about.since.isoformat(), about.cut_off.isoformat()
    moved = {"list": "problems", "region": code}
    stood = {**moved, "as_of": until}
    counted = {"by": "region", "of": str(about.region_id)}
    due, asked = {"list": "due", **counted}, {"list": "asked", **counted}
    said = [
        ("total", "累计反映", after.reported, "件", {**moved, "reported_until": until}),
        ("closed_total", "累计销号", after.of(Phase.CLOSED), "件", {**stood, "state": Phase.CLOSED.value}),
        ("open", "尚未办结", after.unsettled, "件", stood),
        ("overdue", "超期未办", after.overdue, "件", {**stood, "light": "overdue"}),
        ("parked", "挂账", after.of(Phase.PARKED), "件", {**stood, "state": Phase.PARKED.value}),
        ("reported", "本期反映", after.reported - before.reported, "件",
         {**moved, "reported_after": since, "reported_until": until}),
        ("closed", "本期销号", after.of(Phase.CLOSED) - before.of(Phase.CLOSED), "件",
         {**moved, "closed_after": since, "closed_until": until}),
        ("due", "本期到期", counts.due, "件", due), ("on_time", "按时办结", counts.on_time, "件", due),
        ("on_time_share", "按时办结率", share_words(counts.on_time, counts.due), "", due),
        ("solved", "实际解决", counts.solved, "件", due),
        ("solved_share", "解决率", share_words(counts.solved, counts.due), "", due),
        ("asked", "请企业评价", counts.asked, "件", asked), ("rated", "已评价", counts.rated, "件", asked),
        ("rated_share", "评价率", share_words(counts.rated, counts.asked), "", asked),
        ("satisfied_share", "满意率", share_words(counts.satisfied, counts.rated), "", asked),
    ]
    return {key: figures.say(key, label, value, unit, behind=behind) for key, label, value, unit, behind in said}
