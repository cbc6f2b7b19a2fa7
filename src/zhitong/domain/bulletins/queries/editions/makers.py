"""The circular and the brief as papers made at once for any cut-off: nothing is kept, nothing has a number."""

from __future__ import annotations

from datetime import datetime

from zhitong.domain.bulletins.queries.editions.gathering import drawn
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.bulletins.rules.printing import Printed, document_of
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.official.shapes import Document
from zhitong.kit.refusals import NotFound


def circular_paper(viewer: Viewer, about: str, at: datetime) -> Document:
    """The circular of a region (its code; empty: the reader's own). Raises NotFound, Refused: as `gathering.drawn`."""
    return _paper(viewer, PaperKind.CIRCULAR, about, at)


def brief_paper(viewer: Viewer, about: str, at: datetime) -> Document:
    """The brief of a region (its code; empty: the reader's own). Raises NotFound, Refused: as `gathering.drawn`."""
    return _paper(viewer, PaperKind.BRIEF, about, at)


def _paper(viewer: Viewer, kind: PaperKind, about: str, at: datetime) -> Document:
    here = directory()
    region = here.region_coded(about) if about else here.regions[viewer.region_id]
    if region is None:
        raise NotFound
    found = drawn(viewer, kind, region.id, at)
    office = here.office(region.id)
    return document_of(Printed(
        kind=kind, office=office.name if office else region.name, title=found.title, recipients=found.recipients,
        sections=found.sections, figures=found.figures, annexes=found.annexes, cut_off=found.cut_off,
    ))
