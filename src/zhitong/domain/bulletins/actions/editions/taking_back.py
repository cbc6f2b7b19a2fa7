"""Taking an edition back that somebody edited in Word: its words are saved, its figures stay as counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.bulletins.actions.editions import keeping
from zhitong.domain.bulletins.actions.editions.drafting import Saving, save
from zhitong.domain.bulletins.models import Edition
from zhitong.domain.bulletins.queries.editions.frozen import annexes_of, figures_of, sections_of
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.bulletins.rules.printing import Printed, document_of
from zhitong.domain.bulletins.rules.returning import sections_from, version_named
from zhitong.domain.bulletins.rules.way import EditionAct
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.queries import directory
from zhitong.kit.official.shapes import Document
from zhitong.kit.refusals import BadInput


@dataclass(frozen=True, slots=True, kw_only=True)
class TakingBack:
    """A Word file that was made of an edition and edited; its name tells on which version, else it is taken for the newest."""

    edition_id: UUID
    name: str
    content: bytes
    knowingly: bool = False
    actor: Actor
    now: datetime


@transaction.atomic
def take_back(taking: TakingBack) -> int:
    """Save the words of the file as the next version; returns it. Annexes, numbers and dates stay the system's.

    Raises NotFound, NotYours, NotNow, Overtaken: as `drafting.save`. Raises BadInput: it is no file of this edition, tables
    stand in the text; and unless it is done knowingly, numbers that were written over, lost or typed without a fact.
    """
    from zhitong.kit.official.returned import read_back  # python-docx takes its time to load

    edition = keeping.permitted(EditionAct.EDIT, taking.edition_id, taking.actor, taking.now)
    version = version_named(taking.name) or edition.version
    back = read_back(taking.content, _ours(edition, version))
    labels = {one.key: one.label for one in figures_of(edition.figures.all())}
    if back.changed and not taking.knowingly:
        said = "、".join(f"{labels.get(one.key, one.key)}统计为{one.ours}，文件里是{one.theirs}" for one in back.changed)
        sentence = f"文件里的数与系统统计的不同：{said}。确实要保存其他文字，请勾选“我已核实”，数字仍用系统统计的。"
        raise BadInput(sentence, {"knowingly": sentence})
    return save(Saving(
        edition_id=edition.id, version=version, title=back.document.title,
        recipients=keeping.wording_of(edition, version).recipients, sections=sections_from(back.document, labels),
        knowingly=taking.knowingly, actor=taking.actor, now=taking.now,
    ))


def _ours(edition: Edition, version: int) -> Document:
    """The paper as it was given out. Raises NotFound: the edition has no such version."""
    wording = keeping.wording_of(edition, version)
    return document_of(Printed(
        kind=PaperKind(edition.kind), office=directory().name_of(edition.unit_id), title=wording.title,
        recipients=wording.recipients, sections=sections_of(wording), figures=figures_of(edition.figures.all()),
        annexes=annexes_of(wording), cut_off=edition.cut_off,
    ))
