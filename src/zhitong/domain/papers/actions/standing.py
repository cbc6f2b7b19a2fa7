"""A paper of one's own, locked for an act that its state allows; and what is told of the act."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import NotYours, Viewer, require
from zhitong.domain.papers.models import Paper
from zhitong.domain.papers.queries.sight import is_office, seen_by
from zhitong.domain.papers.rules.facts import PaperFact
from zhitong.domain.papers.rules.kinds import ALLOWED, PaperAct, PaperKind, PaperState
from zhitong.kit.refusals import NotFound, Refused


class NotNow(Refused):
    """The paper has come too far for that, or not far enough."""


def must_be_office(viewer: Viewer) -> None:
    """Refuse whoever is not the campaign office of its region.

    Raises NotYours.
    """
    require(viewer, Permission.DISPATCH)
    if not is_office(viewer):
        raise NotYours("文件由本级活动办公室收入和发布。请与他们联系。")


def own_paper(viewer: Viewer, paper_id: UUID, act: PaperAct) -> Paper:
    """A paper of the viewer's office, locked, that allows an act.

    Raises NotYours. Raises NotFound: it is not there, or another office's. Raises NotNow.
    """
    require(viewer, Permission.DISPATCH)
    row = Paper.objects.select_for_update(of=("self",)).filter(seen_by(viewer), id=paper_id).first()
    if row is None or row.by_unit_id != viewer.unit_id:
        raise NotFound
    state = PaperState(row.state)
    if act not in ALLOWED[state]:
        raise NotNow(f"“{row.title}”现在是“{state.label}”，不能{act.label}。")
    if act is PaperAct.PUBLISH and row.kind != PaperKind.OWN.value:
        raise NotNow(f"“{row.title}”是上级文件，只用来对照，不能发布。本级的方案请另外收入。")
    return row


def tell(
    row: Paper, kind: PaperFact, actor: Actor, now: datetime, body: dict[str, object] | None = None,
    words: dict[str, str] | None = None,
) -> None:
    """Record what was done to a paper."""
    record_many([Fact(
        str(kind), "paper", row.id, actor, now, {"region": row.region_id, **(body or {})}, {"title": row.title, **(words or {})}
    )])
