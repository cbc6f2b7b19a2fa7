"""A table is staged: read whole, every row judged and kept as it was sent; nothing of it is done yet."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from zhitong.domain.exchange.actions.kinds.choosing import handler_of
from zhitong.domain.exchange.actions.kinds.protocol import Around
from zhitong.domain.exchange.actions.rows import add, batches, judge_again, judged
from zhitong.domain.exchange.models import MappingKept, Upload
from zhitong.domain.exchange.rules.columns import mapping_guessed, mark_of, words_of
from zhitong.domain.exchange.rules.kinds import LedgerState, UploadKind, UploadState
from zhitong.domain.exchange.rules.rights import NEEDED, may_send
from zhitong.domain.files.rules.names import clean_name
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.kit.clock import SHANGHAI
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.kit.sheets.limits import UnreadableTable
from zhitong.kit.sheets.table import table_in

STATES = "states"


class CommittedBefore(Refused):
    """The very same table was committed already."""


class NotStaged(Refused):
    """The upload does not wait any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A table that is sent: its bytes, the sheet wanted (None: the first one seen), what is chosen with it
    (the round of cards, by which door old matters came)."""

    kind: UploadKind
    name: str
    content: bytes
    campaign: str
    sheet: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def stage(viewer: Viewer, sent: Sent, *, now: datetime) -> UUID:
    """Read a table and judge its rows; three to five statements for a thousand of them. Returns the upload's id.

    Raises NotYours: the post may not. Raises BadInput: no table, too large, or something must be chosen with it.
    Raises CommittedBefore: the same bytes, with the same choices, were committed before.
    """
    require_kind(viewer, sent.kind)
    mark = _mark(sent)
    _refuse_twin(viewer, sent, mark)
    handler = handler_of(sent.kind, Around(viewer, sent.campaign, sent.options, now))
    try:
        table = table_in(sent.content, words=words_of(handler.columns), sheet=sent.sheet)
        kept = _mapping_kept(viewer, sent.kind, table.heads)
        upload = Upload.objects.create(
            kind=sent.kind.value, unit_id=viewer.unit_id, person_id=viewer.person_id, post_id=viewer.post_id,
            campaign=sent.campaign, name=clean_name(sent.name), mark=mark, sheet=table.sheet, heads=list(table.heads),
            mapping=mapping_guessed(table.heads, handler.columns, kept.mapping if kept else {}),
            options={**({STATES: kept.states} if kept and kept.states else {}), **sent.options},
            state=UploadState.STAGED.value, staged_at=now,
        )
        if kept and kept.states:
            handler = handler_of(sent.kind, Around(viewer, sent.campaign, upload.options, now))
        counts: Counter[str] = Counter()
        for batch in batches((line.number, line.cells) for line in table.lines):
            found = judged(handler, upload.heads, upload.mapping, batch)
            add(upload.id, batch, found)
            counts.update(one.verdict.value for one in found)
    except UnreadableTable as unreadable:
        raise BadInput(str(unreadable), {"file": str(unreadable)}) from unreadable
    if not counts:
        raise BadInput("表里没有数据。请在表头下面逐行填写后再传。", {"file": "表里没有数据。"})
    upload.counts, upload.said = dict(counts), table.said
    upload.save(update_fields=["counts", "said"])
    return upload.id


@transaction.atomic
def map_columns(
    viewer: Viewer, upload_id: UUID, mapping: Mapping[str, str], *, now: datetime, states: Mapping[str, str] | None = None
) -> None:
    """Say what the heads mean (and what the states of an old ledger mean), judge every row anew, and remember it.

    The next table with the same heads, of any unit of the region, is read so.
    Raises NotFound, NotStaged: see `waiting`. Raises BadInput: two heads are given the same meaning.
    """
    upload = waiting(viewer, upload_id)
    kind = UploadKind(upload.kind)
    given = [code for code in mapping.values() if code]
    twice = next((code for code in given if given.count(code) > 1), None)
    meant = {word: state for word, state in (states or {}).items() if state in {one.value for one in LedgerState}}
    if states is not None:
        upload.options = {**upload.options, STATES: meant}
    handler = handler_of(kind, Around(viewer, upload.campaign, upload.options, now))
    labels = {column.code: column.label for column in handler.columns}
    if twice is not None:
        raise BadInput(f"有两列都选了“{labels.get(twice, twice)}”，请只留一列。")
    upload.mapping = {head: mapping.get(head, "") if mapping.get(head) in labels else "" for head in upload.heads if head}
    upload.counts = dict(judge_again(upload, handler))
    upload.save(update_fields=["mapping", "options", "counts"])
    MappingKept.objects.update_or_create(
        unit_id=viewer.unit_id, kind=kind.value, mark=mark_of(upload.heads),
        defaults={"region_id": viewer.region_id, "mapping": upload.mapping, "states": meant, "said_at": now},
    )


@transaction.atomic
def drop(viewer: Viewer, upload_id: UUID, *, now: datetime) -> None:
    """Let go of a staged table; its rows are removed. Raises NotFound, NotStaged."""
    upload = waiting(viewer, upload_id)
    upload.rows.all().delete()
    upload.state, upload.settled_at = UploadState.DROPPED.value, now
    upload.save(update_fields=["state", "settled_at"])


def require_kind(viewer: Viewer, kind: UploadKind) -> None:
    """Raises NotYours: the post may not send in this kind."""
    if not may_send(viewer, kind):
        require(viewer, NEEDED[kind][-1])
        raise NotFound


def waiting(viewer: Viewer, upload_id: UUID) -> Upload:
    """An upload of the viewer's unit that waits, locked. Raises NotFound, NotStaged."""
    upload = Upload.objects.select_for_update().filter(id=upload_id, unit_id=viewer.unit_id).first()
    if upload is None:
        raise NotFound
    require_kind(viewer, UploadKind(upload.kind))
    if upload.state != UploadState.STAGED.value:
        raise NotStaged(f"这份表{UploadState(upload.state).label}，没有再次办理。")
    return upload


def _mark(sent: Sent) -> str:
    chosen = json.dumps([sent.sheet, dict(sent.options)], sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(chosen.encode() + b"\n" + sent.content).hexdigest()


def _refuse_twin(viewer: Viewer, sent: Sent, mark: str) -> None:
    twin = Upload.objects.filter(
        unit_id=viewer.unit_id, kind=sent.kind.value, mark=mark, state=UploadState.COMMITTED.value
    ).first()
    if twin is not None and twin.settled_at is not None:
        at = twin.settled_at.astimezone(SHANGHAI)
        raise CommittedBefore(f"同一份表已于{at.month}月{at.day}日 {at:%H:%M}导入（{twin.name}），没有重复导入。")


def _mapping_kept(viewer: Viewer, kind: UploadKind, heads: tuple[str, ...]) -> MappingKept | None:
    """What the heads meant last: to the unit itself, else to another of its region; one query."""
    kept = list(MappingKept.objects.filter(kind=kind.value, mark=mark_of(heads), region_id=viewer.region_id).order_by("-said_at"))
    return next((one for one in kept if one.unit_id == viewer.unit_id), kept[0] if kept else None)

