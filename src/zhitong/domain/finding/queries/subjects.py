"""The served found by names, former names, codes and initials of pinyin."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from zhitong.domain.finding.queries.asking import COUNTED_TO, Asked, Group, Hit, notes_of
from zhitong.domain.finding.rules import FoundKind
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.subjects.models import Subject
from zhitong.domain.subjects.queries.lists import through
from zhitong.domain.subjects.queries.wording import MOST, best_worded, holding, rows_of
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.subjects.rules.lenses import Lens, lenses_of
from zhitong.kit.phrases import plain


def subject_group(viewer: Viewer, asked: Asked, limit: int) -> Group:
    """The best of the served that hold the words, those no longer served among them (two or three queries).

    Raises NotFound: the region asked for lies outside the viewer's own.
    """
    lens = lenses_of(viewer.unit_kind, viewer.reach)[0]
    seen = through(viewer, lens, asked.region_id)
    if lens is Lens.TERRITORY:
        best = best_worded(asked.words, asked.region_id, limit=limit)
        hits = _hits(rows_of(viewer, best), asked.phrases) if best.ids else ()
        return Group(FoundKind.SUBJECT, tuple(hits), best.count, best.count >= MOST)
    narrowed = (seen | through(viewer, lens, asked.region_id, ended=True)).filter(holding(asked.phrases)).order_by("-id")
    rows = list(narrowed[: COUNTED_TO + 1])
    return Group(FoundKind.SUBJECT, tuple(_hits(rows[:limit], asked.phrases)), len(rows))


def _hits(rows: Iterable[Subject], phrases: Sequence[str]) -> Iterable[Hit]:
    here = directory()
    for row in rows:
        said = f"{plain(row.name)} {plain(row.code)} {row.initials}"
        notes = notes_of(
            SubjectKind(row.kind).label, row.code, here.regions[row.region_id].name, "不再服务" if row.ended_on else "",
            "" if all(phrase in said for phrase in phrases) else "按曾用名找到",
        )
        yield Hit(FoundKind.SUBJECT, str(row.id), row.name, notes)
