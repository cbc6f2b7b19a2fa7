"""Terms as they stand, what would go today by each, and what the days' runs did. No figure here tells of anybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import NotYours, Viewer
from zhitong.domain.retention.models import ChangedTerm, Run
from zhitong.domain.retention.rules.terms import TERMS, Term, cutoff_of
from zhitong.domain.retention.rules.words import KeptKind
from zhitong.kit.clock import day_of

KEEPERS = (Permission.GUARD, Permission.AUDIT, Permission.ADMINISTER)


@dataclass(frozen=True, slots=True)
class TermInForce:
    """A term with the months that hold now; `set_at` is None where the usual ones do."""

    term: Term
    months: int
    set_at: datetime | None


@dataclass(frozen=True, slots=True)
class DueNow:
    """What would go today by one term: how many rows, since when the oldest of them counts, and the cut-off."""

    held: TermInForce
    before: datetime
    many: int
    oldest: datetime | None

    @property
    def id(self) -> str:
        """The stored word of the kind."""
        return str(self.held.term.kind)


@dataclass(frozen=True, slots=True)
class RunTold:
    """What one day did with one kind; without an end it is under way."""

    day: date
    kind: KeptKind
    before: datetime
    done: int
    begun_at: datetime
    ended_at: datetime | None


def is_keeper(viewer: Viewer) -> bool:
    """Whether the viewer is one of the three administrators."""
    return any(viewer.may(one) for one in KEEPERS)


def require_keeper(viewer: Viewer) -> None:
    """Refuse who is none of the three administrators. Raises NotYours."""
    if not is_keeper(viewer):
        raise NotYours("保存期限由安全管理员设定，系统管理员和审计管理员可以查看。")


def may_set_terms(viewer: Viewer) -> bool:
    """Whether the viewer keeps the security of the whole installation: terms hold everywhere."""
    return viewer.may(Permission.GUARD) and directory().regions[viewer.region_id].parent_id is None


def terms_in_force() -> list[TermInForce]:
    """Every kind in the order of its declaration; one query."""
    changed = {row.kind: row for row in ChangedTerm.objects.all()}
    return [_in_force(term, changed.get(str(kind))) for kind, term in TERMS.items()]


def _in_force(term: Term, row: ChangedTerm | None) -> TermInForce:
    return TermInForce(term, row.months, row.set_at) if row else TermInForce(term, term.months, None)


def due_now(viewer: Viewer, now: datetime) -> list[DueNow]:
    """The dry run: what the rules would do today, changing nothing; one query a kind. Raises NotYours."""
    require_keeper(viewer)
    return counted_due(now)


def counted_due(now: datetime) -> list[DueNow]:
    """As `due_now`, for the command and the worker, which act for nobody."""
    found = []
    for held in terms_in_force():
        before = cutoff_of(now, held.months)
        with connection.cursor() as cursor:
            cursor.execute("SELECT many, oldest FROM retention_counted(%s, %s, %s)", [str(held.term.kind), before, day_of(now)])
            many, oldest = cursor.fetchone()
        found.append(DueNow(held, before, many, oldest))
    return found


def newest_runs(viewer: Viewer, most: int = 30) -> list[RunTold]:
    """What was done last, the newest day first; one query. Raises NotYours."""
    require_keeper(viewer)
    rows = Run.objects.order_by("-day", "kind")[:most]
    return [RunTold(row.day, KeptKind(row.kind), row.before, row.done, row.begun_at, row.ended_at) for row in rows]
