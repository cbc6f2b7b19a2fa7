"""Which query makes which paper, and the one way in which every door has a paper made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from zhitong.domain.bulletins.queries.editions.makers import brief_paper, circular_paper
from zhitong.domain.bulletins.queries.ledgers.collection import collection
from zhitong.domain.bulletins.queries.ledgers.ledger import ledger
from zhitong.domain.bulletins.queries.ledgers.meeting import meeting
from zhitong.domain.bulletins.queries.ledgers.owing import owing
from zhitong.domain.bulletins.queries.ledgers.progress import progress
from zhitong.domain.bulletins.queries.ledgers.territory import is_offered
from zhitong.domain.bulletins.queries.ledgers.unsigned import unsigned
from zhitong.domain.bulletins.queries.letters.makers import LETTERS
from zhitong.domain.bulletins.queries.meetings.decisions import decisions_list
from zhitong.domain.bulletins.queries.meetings.minutes import minutes
from zhitong.domain.bulletins.queries.meetings.summons import summons
from zhitong.domain.bulletins.queries.templates import template_in_force
from zhitong.domain.bulletins.queries.writing import Made, Written, as_file
from zhitong.domain.bulletins.rules.catalogue import CATALOGUE, About, Entry, Format, PaperKind
from zhitong.domain.organisations.queries import officials_only
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.clock import SHANGHAI
from zhitong.kit.official.leading import led_to
from zhitong.kit.official.shapes import Document
from zhitong.kit.refusals import BadInput, NotFound

Maker = Callable[[Viewer, str, datetime], Document | Written]
"""What a paper is made by: the reader, what it is about and the cut-off time give the paper.

About is the number of a problem or a supervision, the name of a meeting, or the code of a region (empty: the reader's own);
several stand beside one another with commas where a maker takes several. A maker goes through scope: it raises NotFound
where the reader sees nothing, and Refused in a sentence where there is nothing of the kind.
"""

MAKERS: Mapping[PaperKind, Maker] = {
    PaperKind.OWING: owing,
    PaperKind.UNSIGNED: unsigned,
    PaperKind.LEDGER: ledger,
    PaperKind.MEETING: meeting,
    PaperKind.COLLECTION: collection,
    PaperKind.PROGRESS: progress,
    PaperKind.CIRCULAR: circular_paper,
    PaperKind.BRIEF: brief_paper,
    PaperKind.SUMMONS: summons,
    PaperKind.MINUTES: minutes,
    PaperKind.DECISIONS: decisions_list,
    **LETTERS,
}
"""A room's piece of work adds its line here; what has none is offered nowhere."""

ENTRIES: Mapping[PaperKind, Entry] = {one.kind: one for one in CATALOGUE}
_OF_WHOLE_TERRITORIES = frozenset({PaperKind.COLLECTION})
"""What counts firms is no business of a single line."""

def entries_for(viewer: Viewer) -> list[Entry]:
    """The papers that a reader may ask for, in the order of the catalogue.

    Those of a territory are for who oversees one; those of one matter for every official, who gets what he may see.
    Raises NotFound: the reader is no official.
    """
    officials_only(viewer)
    return [one for one in CATALOGUE if one.kind in MAKERS and (one.about is not About.TERRITORY or _may_ask(viewer, one))]


def _may_ask(viewer: Viewer, entry: Entry) -> bool:
    return is_offered(viewer) and (viewer.reach is Reach.SUBTREE or entry.kind not in _OF_WHOLE_TERRITORIES)


def made(
    viewer: Viewer, kind: PaperKind, about: str, at: datetime, form: Format | None = None,
    address_of: Callable[[str], str] = str, *, now: datetime,
) -> Made:
    """A paper of a kind as a file; without a form as the one an office expects.

    `address_of` gives the address of a thing that a code on the paper names, as `problem:冀-…-000123`.
    Raises NotFound: the reader is no official, sees nothing of what it is about, or nobody makes this kind.
    Raises BadInput: the paper does not come in this form. Raises Refused: there is nothing of the kind to put on paper.
    """
    officials_only(viewer)
    if kind not in MAKERS:
        raise NotFound
    forms = ENTRIES[kind].formats
    chosen = form or forms[0]
    if chosen not in forms:
        trouble = f"{kind.label}可以做成{'、'.join(one.label for one in forms)}，请选择其中一种。"
        raise BadInput(trouble, {"format": trouble})
    paper = MAKERS[kind](viewer, about, at)
    if isinstance(paper, Document):
        paper = led_to(paper, address_of)
    template = template_in_force(viewer.unit_id, kind, now) if chosen is Format.WORD else None
    return as_file(paper, chosen, f"{at.astimezone(SHANGHAI):%Y%m%d%H%M}", template)
