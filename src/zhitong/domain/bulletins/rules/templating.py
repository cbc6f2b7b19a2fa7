"""Which papers an office may lay out by a Word file of its own, and what such a file leaves behind as facts. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.kit.choices import Word
from zhitong.kit.official.shapes import Style

MOST_BYTES = 5 * 1024 * 1024

TEMPLATED: Mapping[PaperKind, Style] = {
    PaperKind.CIRCULAR: Style.PAPER, PaperKind.BRIEF: Style.BRIEF, PaperKind.INSTRUCTIONS: Style.PAPER,
    PaperKind.SUPERVISION: Style.PAPER, PaperKind.HELP: Style.LETTER, PaperKind.CONSULTATION: Style.LETTER,
    PaperKind.ANSWER: Style.LETTER, PaperKind.MEETING: Style.FORM, PaperKind.ORDER: Style.FORM,
    PaperKind.EXTENSION: Style.FORM, PaperKind.STRIKING_OFF: Style.FORM,
}  # fmt: skip
"""The kinds that come as Word and the outer form whose fields a template must carry."""


class TemplateFact(Word):
    """What happens to an office's templates."""

    KEPT = "template.kept", "启用本单位版式"
    WITHDRAWN = "template.withdrawn", "停用本单位版式"
