"""An office's own Word file for a kind of paper: taken when it can be filled, replaced, and withdrawn."""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from zhitong.domain.bulletins.models import PaperTemplate
from zhitong.domain.bulletins.queries.templates import must_make_papers
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.bulletins.rules.templating import MOST_BYTES, TEMPLATED, TemplateFact
from zhitong.domain.files.rules.examining import examine
from zhitong.domain.files.rules.kinds import FileFormat, Unfit
from zhitong.domain.files.rules.names import clean_name
from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations import scope
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import BadInput, NotFound, Refused

THING = "template"
FIELD = "template"


class NoTemplate(Refused):
    """The unit has no file of its own for this kind."""

    def __init__(self) -> None:
        super().__init__("本单位没有上传过这种材料的版式，现在用的就是系统版式，不需要停用。")


@transaction.atomic
def keep_template(*, kind: PaperKind, name: str, content: bytes, actor: Actor, now: datetime) -> UUID:
    """Put a Word file in force for a kind of the actor's unit, in place of the one before; returns its id.

    Raises NotFound: no post that makes papers, or a kind without templates. Raises BadInput, at the field: no Word file, too
    large, locked or with macros; fields missing or unknown; something fetched from elsewhere. Source: R-H7.
    """
    unit_id = _unit_of(actor, kind)
    fit_name = _examined(clean_name(name), content)
    from zhitong.kit.official.templates import must_serve  # python-docx takes its time to load

    must_serve(content, TEMPLATED[kind])
    kept = PaperTemplate(
        id=uuid7(), unit_id=unit_id, kind=kind.value, name=fit_name, body=content, digest=hashlib.sha256(content).hexdigest(),
        person_id=actor.person_id, from_at=now,
    )
    _in_force(unit_id, kind).update(until_at=now)
    kept.save(force_insert=True)
    _tell(TemplateFact.KEPT, kept, actor, now)
    return kept.id


@transaction.atomic
def withdraw_template(*, kind: PaperKind, actor: Actor, now: datetime) -> None:
    """Go back to the system's layout. Raises NotFound, NoTemplate: there is none in force."""
    kept = _in_force(_unit_of(actor, kind), kind).defer("body").first()
    if kept is None:
        raise NoTemplate
    kept.until_at = now
    kept.save(update_fields=["until_at"])
    _tell(TemplateFact.WITHDRAWN, kept, actor, now)


def _unit_of(actor: Actor, kind: PaperKind) -> UUID:
    viewer = scope.present()
    if viewer is None or actor.unit_id is None or kind not in TEMPLATED:
        raise NotFound
    must_make_papers(viewer)
    return actor.unit_id


def _in_force(unit_id: UUID, kind: PaperKind) -> QuerySet[PaperTemplate]:
    return PaperTemplate.objects.select_for_update().filter(unit_id=unit_id, kind=kind.value, until_at__isnull=True)


def _examined(name: str, content: bytes) -> str:
    """The name it is kept under. Raises BadInput: the bytes are nothing to be opened in Word."""
    if len(content) > MOST_BYTES:
        raise _wrong(f"“{name}”超过{MOST_BYTES // 1024 // 1024}MB。版式文件一般不到1MB，请压缩里面的图片后再传。")
    try:
        found = examine(name, content)
    except Unfit as unfit:
        raise _wrong(unfit.sentence(name)) from unfit
    if found.format is not FileFormat.DOCX:
        raise _wrong(f"“{name}”不是Word文档。请上传.docx文件，可以先下载样板改好再传。")
    return found.name


def _wrong(sentence: str) -> BadInput:
    return BadInput(sentence, {FIELD: sentence})


def _tell(fact: TemplateFact, kept: PaperTemplate, actor: Actor, now: datetime) -> None:
    body = {"kind": kept.kind, "digest": kept.digest, "by_unit": kept.unit_id}
    record(fact.value, thing_kind=THING, thing_id=kept.id, actor=actor, at=now, body=body, details={"name": kept.name})
