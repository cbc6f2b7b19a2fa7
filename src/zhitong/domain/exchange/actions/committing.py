"""A staged table is committed: every row in one transaction, or none; and taken back while nobody has touched it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.exchange.actions.kinds.choosing import handler_of
from zhitong.domain.exchange.actions.kinds.protocol import Around, Handler, NotUndoable
from zhitong.domain.exchange.actions.rows import BATCH, batches, judged, learn_sizes, originals, remember
from zhitong.domain.exchange.actions.staging import require_kind, waiting
from zhitong.domain.exchange.models import Upload, UploadRow
from zhitong.domain.exchange.rules.kinds import UploadFact, UploadKind, UploadState, Verdict
from zhitong.domain.exchange.rules.reading import Judged, Kept
from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.queries import viewer_for
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import NotFound, Refused

AT_ONCE = 2000
"""Rows that are committed while their sender waits; more are left to the worker."""
NAMED = 10

Tell = Callable[[UUID, int, int], None]
"""Told (upload, rows done, rows in all) after every batch."""


class RowsWrong(Refused):
    """Some rows are wrong: nothing is committed."""


@dataclass(frozen=True, slots=True)
class Committed:
    """What became of an upload: how many rows are new, changed, as they were; `ordered` when the worker will do it."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    ordered: bool = False


def _quiet(_upload_id: UUID, _done: int, _total: int) -> None:
    """Tell nobody."""


@transaction.atomic
def commit(viewer: Viewer, upload_id: UUID, *, actor: Actor, now: datetime, at_once: int = AT_ONCE) -> Committed:
    """Do what a staged table says, all of it or nothing; rows are judged again at this moment.

    A table of more than `at_once` rows is ordered: the worker does the same. Raises NotFound, NotStaged: see `waiting`.
    Raises RowsWrong: a row is wrong. Raises what the acts of the rooms refuse.
    """
    upload = waiting(viewer, upload_id)
    total = sum(upload.counts.values())
    _refuse_wrong(upload.counts.get(Verdict.WRONG.value, 0))
    if total > at_once:
        upload.state, upload.refusal = UploadState.ORDERED.value, ""
        upload.save(update_fields=["state", "refusal"])
        return Committed(ordered=True)
    return _carry_out(viewer, upload, actor, now, _quiet)


def commit_ordered(now: datetime, tell: Tell = _quiet) -> int:
    """Commit the oldest table that waits for the worker, in its sender's name; how many were looked at (0 or 1).

    What is refused then goes back to its sender with the sentence.
    """
    with transaction.atomic():
        upload = Upload.objects.select_for_update(skip_locked=True).filter(state=UploadState.ORDERED.value).order_by("id").first()
        if upload is None:
            return 0
        held = upload.person_id and upload.post_id and viewer_for(upload.person_id, upload.post_id, day_of(now))
        try:
            if not held:
                raise RowsWrong("发起导入的人已不在原岗位，没有导入。请由现任重新导入。")
            with acting_as(held):
                _carry_out(held, upload, held.actor("work"), now, tell)
        except Refused as refused:
            Upload.objects.filter(id=upload.id).update(state=UploadState.STAGED.value, refusal=refused.sentence)
    return 1


def _carry_out(viewer: Viewer, upload: Upload, actor: Actor, now: datetime, tell: Tell) -> Committed:
    handler = handler_of(UploadKind(upload.kind), Around(viewer, upload.campaign, upload.options, now))
    counts: Counter[str] = Counter()
    total, done = sum(upload.counts.values()), 0
    for batch in batches(originals(upload.id)):
        found = judged(handler, upload.heads, upload.mapping, batch)
        wrong = [one for one in found if one.verdict is Verdict.WRONG]
        _refuse_wrong(len(wrong), wrong)
        remember(upload.id, handler.commit(found, actor=actor))
        counts.update(one.verdict.value for one in found)
        if not done and len(batch) < total:
            learn_sizes()
        done += len(batch)
        tell(upload.id, done, total)
    upload.state, upload.settled_at, upload.counts, upload.refusal = UploadState.COMMITTED.value, now, dict(counts), ""
    upload.save(update_fields=["state", "settled_at", "counts", "refusal"])
    _record(UploadFact.COMMITTED, upload, sum(counts.values()), actor, now)
    return Committed(
        counts[Verdict.NEW.value], counts[Verdict.CHANGED.value], counts[Verdict.UNCHANGED.value] + counts[Verdict.SKIPPED.value]
    )


def _refuse_wrong(count: int, rows: Sequence[Judged] = ()) -> None:
    if count:
        named = "、".join(f"第{one.row.line}行" for one in rows[:NAMED])
        where = f"（{named}{'等' if count > NAMED else ''}）" if named else ""
        raise RowsWrong(f"有{count}行有误{where}，全部没有导入。请按提示改正后重新上传。")


@transaction.atomic
def undo(viewer: Viewer, upload_id: UUID, *, actor: Actor, now: datetime) -> int:
    """Take back what a committed table did; how many rows. What they became ends, what they changed is as before.

    Raises NotFound: there is no such upload of the unit's. Raises NotUndoable: it is not committed, or rows have been
    worked on since; the sentence names them, and nothing is changed.
    """
    upload = Upload.objects.select_for_update().filter(id=upload_id, unit_id=viewer.unit_id).first()
    if upload is None:
        raise NotFound
    require_kind(viewer, UploadKind(upload.kind))
    if upload.state != UploadState.COMMITTED.value:
        raise NotUndoable("这份表没有导入，或者已经撤销。")
    handler = handler_of(UploadKind(upload.kind), Around(viewer, upload.campaign, upload.options, now))
    kept = _kept(upload)
    _refuse_touched(handler, kept)
    for start in range(0, len(kept), BATCH):
        handler.undo(kept[start : start + BATCH], actor=actor)
    upload.state, upload.settled_at = UploadState.UNDONE.value, now
    upload.save(update_fields=["state", "settled_at"])
    _record(UploadFact.UNDONE, upload, len(kept), actor, now)
    return len(kept)


def _kept(upload: Upload) -> list[Kept]:
    done = UploadRow.objects.filter(
        upload=upload, verdict__in=[Verdict.NEW.value, Verdict.CHANGED.value], thing_id__isnull=False
    ).order_by("line")
    rows = done.values_list("line", "thing_id", "before", "version")
    return [Kept(line, thing_id, before, version) for line, thing_id, before, version in rows if thing_id]


def _refuse_touched(handler: Handler, kept: Sequence[Kept]) -> None:
    touched = handler.touched(kept)
    if touched:
        rows = [f"第{one.line}行（{touched[one.thing_id]}）" for one in kept if one.thing_id in touched]
        more = "等" if len(rows) > NAMED else ""
        raise NotUndoable(
            f"有{len(touched)}行导入后已经有人办理或改动，不能撤销：{'、'.join(rows[:NAMED])}{more}。其他行也没有改动。"
        )


def _record(kind: UploadFact, upload: Upload, rows: int, actor: Actor, now: datetime) -> None:
    record_many([
        Fact(kind.value, "upload", upload.id, actor, now, {"kind": upload.kind, "rows": rows, "mark": upload.mark}, {"name": upload.name})
    ])
