"""Tables that the office of the park and of the zone send in, and the way they go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from tests.cast import viewer
from tests.kit.hostile import made, rows_of
from tests.subjects.conftest import sound_code
from tests.world import NOW
from zhitong.domain.exchange.actions.committing import Committed, commit, undo
from zhitong.domain.exchange.actions.staging import Sent, stage
from zhitong.domain.exchange.queries.uploads import RowView, UploadView, upload_seen
from zhitong.domain.exchange.queries.uploads import rows_of as rows_seen
from zhitong.domain.exchange.rules.kinds import UploadKind, Verdict
from zhitong.domain.organisations.scope import acting_as

OFFICE = "park_office"
CAMPAIGN = "hebei-2018"
HEADS = ("企业名称", "信用代码", "类别", "所属区域", "营业收入(万元)", "行业")
PLACE = "南大港产业园区"
FIRM, CODE = "演示南大港石化设备有限公司", "91130900MA00000014"


def firm(number: int, **changes: Any) -> list[Any]:
    """A row of a roster under HEADS."""
    row = {"name": f"演示新企业{number}", "code": sound_code(number), "kind": "规上工业企业", "region": PLACE, "revenue": 1200.5,
           "industry": "化学原料和化学制品制造业", **changes}  # fmt: skip
    return list(row.values())


def sheet(*rows: Sequence[Any], heads: Sequence[Any] = HEADS) -> bytes:
    """A workbook with the rows under their heads."""
    return made(rows_of(heads, *rows))


def staged(
    content: bytes, kind: UploadKind = UploadKind.SUBJECTS, *, by: str = OFFICE, name: str = "名单.xlsx", **options: Any
) -> UUID:
    """Stage a table."""
    sent = Sent(kind=kind, name=name, content=content, campaign=CAMPAIGN, options=options)
    with acting_as(viewer(by)) as here:
        return stage(here, sent, now=NOW)


def committed(upload_id: UUID, *, by: str = OFFICE, at: datetime = NOW) -> Committed:
    """Commit a staged table."""
    with acting_as(viewer(by)) as here:
        return commit(here, upload_id, actor=here.actor("test"), now=at)


def undone(upload_id: UUID, *, by: str = OFFICE, at: datetime = NOW) -> int:
    """Take a committed table back."""
    with acting_as(viewer(by)) as here:
        return undo(here, upload_id, actor=here.actor("test"), now=at)


def seen(upload_id: UUID, *, by: str = OFFICE) -> UploadView:
    """The upload as its unit sees it."""
    with acting_as(viewer(by)) as here:
        return upload_seen(here, upload_id)


def rows(upload_id: UUID, *verdicts: Verdict, by: str = OFFICE) -> list[RowView]:
    """Its rows of some verdicts."""
    with acting_as(viewer(by)) as here:
        return rows_seen(here, upload_id, verdicts, limit=1000)


def counts(upload_id: UUID, *, by: str = OFFICE) -> dict[str, int]:
    """How many rows of each verdict there are, without those there are none of."""
    return {verdict.value: count for verdict, count in seen(upload_id, by=by).counts.items() if count}
