"""Drawing up templates: begun anew, from a published one or from an XLSForm; changed, dropped, published, ended.

A draft is its office's own; a refused act changes nothing. Source: R-E1, R-E5.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from zhitong.domain.cards.actions.publishing import TemplateToPublish, publish_templates
from zhitong.domain.cards.models import TemplateDraft, TemplateRow
from zhitong.domain.cards.rules.building import blank
from zhitong.domain.cards.rules.designing import lacking, may_govern, refusal_of
from zhitong.domain.cards.rules.kinds import CardFact, Period
from zhitong.domain.cards.rules.suspicion_faults import without_lost
from zhitong.domain.cards.rules.templates import Definition
from zhitong.domain.cards.rules.texts import clean_text
from zhitong.domain.cards.rules.xlsform import Understood
from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import NotYours, Viewer, require
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import BadInput, NotFound, Refused

DRAFT, TEMPLATE = "card_template_draft", "card_template"


class DraftMoved(Refused):
    """Somebody else has changed the draft since it was opened, or it is settled."""


class DraftThere(Refused):
    """The office already draws up this template."""


class NotSound(BadInput):
    """The draft cannot be published yet; `fields` says what is wrong at which place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTemplate:
    """A template to draw up: for which kind of subject, how often, and the categories of its problems (code, label)."""

    campaign: str
    kind: str
    name: str
    period: Period
    categories: Sequence[tuple[str, str]]


@transaction.atomic
def begin_template(
    viewer: Viewer, new: NewTemplate, *, actor: Actor, now: datetime, imported: Understood | None = None
) -> UUID:
    """Begin to draw up a template: empty, or with what was understood of a form; returns the draft.

    Raises NotYours: the post may not. Raises BadInput: no name, no categories, or more than a template holds.
    """
    require(viewer, Permission.DESIGN)
    if not new.categories:
        raise BadInput("这类服务对象还没有设定问题类别，请先在活动方案里设定。", {"kind": "还没有问题类别。"})
    definition = blank(
        code=_free_code(new.campaign, new.kind, imported.code if imported else ""), kind=new.kind,
        name=clean_text(new.name), period=new.period, categories=new.categories,
    )
    notes: list[dict[str, Any]] = []
    if imported is not None:
        definition |= {"sections": list(imported.sections), "checks": list(imported.checks)}
        notes = [{"sheet": one.sheet, "row": one.row, "sentence": one.sentence} for one in imported.findings]
    return _begin(viewer, new.campaign, definition, None, notes, actor, now)


@transaction.atomic
def revise_template(viewer: Viewer, template_id: UUID, *, as_new: bool, actor: Actor, now: datetime) -> UUID:
    """Begin the next version of a published template, or with `as_new` another one like it; returns the draft.

    Raises NotYours: the post may not, or the template is another office's. Raises NotFound.
    Raises DraftThere: the office draws up the next version already.
    """
    require(viewer, Permission.DESIGN)
    source = _published(template_id)
    definition = dict(source.definition)
    if as_new:
        definition |= {"code": _free_code(source.campaign, source.subject_kind, ""), "version": 1,
                       "name": f"{definition['name']}（副本）"}
    else:
        _ask_governs(viewer, source)
    return _begin(viewer, source.campaign, definition, source, [], actor, now)


@transaction.atomic
def change_draft(
    viewer: Viewer, draft_id: UUID, definition: Definition, *, version: int, actor: Actor, now: datetime
) -> int:
    """Keep what the draft says now; returns its new version. It need not be sound yet, only well shaped. What was laid
    beside the last card or peers of a field that went is left out with it.

    Raises NotFound: it is not the office's. Raises DraftMoved: it was changed meanwhile, or is settled.
    Raises BadInput: it cannot be kept; code and kind cannot change.
    """
    draft = _own(viewer, draft_id, version)
    kept = {**definition, **{key: draft.definition[key] for key in ("code", "kind", "version")}}
    _ask_kept(kept)
    kept = without_lost(kept)
    if kept != draft.definition:
        draft.definition = kept
        _touch(draft, actor, now)
        _record(CardFact.TEMPLATE_CHANGED, draft, actor, now, {"version": draft.version})
    return int(draft.version)


@transaction.atomic
def drop_draft(viewer: Viewer, draft_id: UUID, *, version: int, actor: Actor, now: datetime) -> None:
    """Give a draft up; what it said is kept.

    Raises NotFound, DraftMoved.
    """
    draft = _own(viewer, draft_id, version)
    draft.settled_at = now
    _touch(draft, actor, now)
    _record(CardFact.TEMPLATE_DROPPED, draft, actor, now, {})


@transaction.atomic
def publish_draft(viewer: Viewer, draft_id: UUID, *, version: int, actor: Actor, now: datetime) -> UUID:
    """Publish a draft as the next version of its template; returns the template. A round opened from now on uses it.

    Raises NotFound, DraftMoved. Raises NotSound: purpose or basis is missing, or something makes no sense.
    Raises NotYours: the template has become another office's.
    """
    draft = _own(viewer, draft_id, version)
    wrong = list(lacking(draft.definition))
    if wrong:
        found = {f"{one.place}.{one.key}".strip("."): one.sentence for one in wrong}
        raise NotSound(f"还有{len(wrong)}处要改，没有发布。请改好后再发布。", found)
    before = TemplateRow.objects.filter(campaign=draft.campaign, code=draft.code).order_by("-version")
    newest = before.select_for_update(of=("self",)).first()
    if newest is not None:
        _ask_governs(viewer, newest)
    number = newest.version + 1 if newest else 1
    definition = {**draft.definition, "version": number}
    publish_templates(
        [TemplateToPublish(campaign=draft.campaign, definition=definition, actor=actor, unit_id=viewer.unit_id)], now=now
    )
    draft.published = before.get(version=number)
    draft.settled_at = now
    _touch(draft, actor, now)
    return draft.published.id


@transaction.atomic
def retire_template(viewer: Viewer, template_id: UUID, *, reason: str, actor: Actor, now: datetime) -> None:
    """End the asking of a template: no round opens with any of its versions; what was filled in stays readable.

    Raises NotFound, NotYours. Raises BadInput: no reason. Raises Refused: it is ended already.
    """
    require(viewer, Permission.DESIGN)
    row = _published(template_id)
    _ask_governs(viewer, row)
    if not clean_text(reason):
        raise BadInput("请写明停用的原因。", {"reason": "请写明停用的原因。"})
    live = TemplateRow.objects.select_for_update(of=("self",)).filter(
        campaign=row.campaign, code=row.code, retired_at__isnull=True
    )
    ended = list(live.values_list("id", flat=True))
    if not ended:
        raise Refused(f"表式“{row.definition['name']}”已经停用，不用再办。")
    live.update(retired_at=now, retired_reason=clean_text(reason)[:200])
    record_many([
        Fact(str(CardFact.TEMPLATE_RETIRED), TEMPLATE, one, actor, now, {"campaign": row.campaign, "code": row.code},
             {"reason": clean_text(reason)})
        for one in ended
    ])


def _begin(
    viewer: Viewer, campaign: str, definition: Definition, source: TemplateRow | None, notes: list[dict[str, Any]],
    actor: Actor, now: datetime,
) -> UUID:
    _ask_kept(definition)
    there = TemplateDraft.objects.filter(
        unit_id=viewer.unit_id, campaign=campaign, code=definition["code"], settled_at__isnull=True
    )
    if there.exists():
        raise DraftThere(f"本单位已有“{definition['name']}”的草稿，请在“表式”里接着改，或放弃后重新起草。")
    draft = TemplateDraft.objects.create(
        campaign=campaign, code=definition["code"], unit_id=viewer.unit_id, region_id=viewer.region_id,
        definition=definition, notes=notes, based_on=source, edited_at=now, edited_by_id=actor.person_id,
    )
    _record(CardFact.TEMPLATE_BEGUN, draft, actor, now, {
        "campaign": campaign, "code": draft.code, "based_on": source.id if source else None, "notes": len(notes),
    })
    return draft.id


def _own(viewer: Viewer, draft_id: UUID, version: int) -> TemplateDraft:
    """The open draft of the viewer's own office as it was seen, locked."""
    require(viewer, Permission.DESIGN)
    found = TemplateDraft.objects.select_for_update(of=("self",)).filter(id=draft_id, unit_id=viewer.unit_id).first()
    if found is None:
        raise NotFound
    if found.settled_at is not None:
        raise DraftMoved("这份草稿已经发布或者放弃，不能再改。请从“表式”里另起一份。")
    if found.version != version:
        raise DraftMoved("同事刚才改过这份草稿，您这次的改动没有存入。请刷新页面，核对后再改。")
    return found


def _published(template_id: UUID) -> TemplateRow:
    row = TemplateRow.objects.filter(id=template_id).first()
    if row is None:
        raise NotFound
    return row


def _ask_governs(viewer: Viewer, row: TemplateRow) -> None:
    """Raises NotYours: the template is asked by an office that is neither the viewer's own nor below it."""
    here = directory()
    asker = here.units.get(row.unit_id) if row.unit_id else None
    path = here.path(asker.region_id if asker else viewer.region_id)
    if not may_govern(viewer.region_id, viewer.unit_id, row.unit_id, path):
        owner = asker.name if asker else "最高一级活动办公室"
        raise NotYours(f"“{row.definition['name']}”由{owner}制发，请该单位修改或停用；您可以照它另起一张表。")


def _ask_kept(definition: Definition) -> None:
    refusal = refusal_of(definition)
    if refusal:
        raise BadInput(refusal, {"definition": refusal})


def _free_code(campaign: str, kind: str, wanted: str) -> str:
    """A code that no template and no draft of the campaign has: the wanted one, or the kind with a number."""
    taken = set(TemplateRow.objects.filter(campaign=campaign).values_list("code", flat=True))
    if wanted and wanted not in taken:
        return wanted
    return f"{kind[:20]}_{uuid7().hex[-12:]}"


def _touch(draft: TemplateDraft, actor: Actor, now: datetime) -> None:
    draft.version += 1
    draft.edited_at, draft.edited_by_id = now, actor.person_id
    draft.save()


def _record(kind: CardFact, draft: TemplateDraft, actor: Actor, now: datetime, body: dict[str, Any]) -> None:
    record_many([Fact(str(kind), DRAFT, draft.id, actor, now, body)])
