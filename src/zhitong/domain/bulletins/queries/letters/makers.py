"""Which query of this folder makes which kind of paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from zhitong.domain.bulletins.queries.letters.answer import answer
from zhitong.domain.bulletins.queries.letters.asking_help import help_letter
from zhitong.domain.bulletins.queries.letters.consultation import consultation
from zhitong.domain.bulletins.queries.letters.dossier import Dossier, dossier
from zhitong.domain.bulletins.queries.letters.extension import extension
from zhitong.domain.bulletins.queries.letters.instructions import instructions
from zhitong.domain.bulletins.queries.letters.order import order
from zhitong.domain.bulletins.queries.letters.striking_off import striking_off
from zhitong.domain.bulletins.queries.letters.supervision import supervision
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.official.shapes import Document

LETTERS: Mapping[PaperKind, Callable[[Viewer, str, datetime], Document | Dossier]] = {
    PaperKind.ORDER: order,
    PaperKind.SUPERVISION: supervision,
    PaperKind.HELP: help_letter,
    PaperKind.CONSULTATION: consultation,
    PaperKind.ANSWER: answer,
    PaperKind.EXTENSION: extension,
    PaperKind.STRIKING_OFF: striking_off,
    PaperKind.INSTRUCTIONS: instructions,
    PaperKind.FILE: dossier,
}
