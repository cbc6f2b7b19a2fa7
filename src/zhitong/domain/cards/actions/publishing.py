"""Publishing templates: a version is published once and never changes; loading the same again changes nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from zhitong.domain.cards.models import TemplateRow
from zhitong.domain.cards.rules.kinds import CardFact
from zhitong.domain.cards.rules.templates import Definition
from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import Refused

_INSERT = """
INSERT INTO cards_template (id, campaign, code, version, subject_kind, definition, published_at, unit_id, retired_reason)
SELECT published.*, '' FROM unnest(
    %s::uuid[], %s::text[], %s::text[], %s::smallint[], %s::text[], %s::jsonb[], %s::timestamptz[], %s::uuid[]
) AS published
"""


class TemplateChanged(Refused):
    """A published version was given with another content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateToPublish:
    """A checked definition (see `package.parse`) for a campaign; `unit_id` is the office that asks, none for a package."""

    campaign: str
    definition: Definition
    actor: Actor
    unit_id: UUID | None = None

    @property
    def key(self) -> tuple[str, str, int]:
        """Campaign, code and version."""
        return (self.campaign, self.definition["code"], int(self.definition["version"]))


@transaction.atomic
def publish_templates(templates: Sequence[TemplateToPublish], *, now: datetime) -> int:
    """Publish what is not published yet; returns how many were.

    Raises TemplateChanged: a published version has another content; a change needs a new version number.
    """
    if not templates:
        return 0
    published = {
        (row.campaign, row.code, row.version): row.definition
        for row in TemplateRow.objects.filter(campaign__in={one.campaign for one in templates})
    }
    new = []
    for one in templates:
        kept = published.get(one.key)
        if kept is None:
            new.append(one)
        elif kept != one.definition:
            raise TemplateChanged(
                f"卡片式样“{one.definition['name']}”第{one.key[2]}版已经发布，内容不能再改。请把 version 加一后再发布。"
            )
    _insert(new, now)
    return len(new)


def _insert(new: Sequence[TemplateToPublish], now: datetime) -> None:
    if not new:
        return
    rows = [
        (uuid7(), *one.key, one.definition["kind"], json.dumps(one.definition, ensure_ascii=False), now, one.unit_id)
        for one in new
    ]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [list(column) for column in zip(*rows, strict=True)])
    record_many([
        Fact(
            str(CardFact.TEMPLATE_PUBLISHED), "card_template", row[0], one.actor, now,
            {"campaign": row[1], "code": row[2], "version": row[3], "kind": row[4]},
        )
        for row, one in zip(rows, new, strict=True)
    ])
