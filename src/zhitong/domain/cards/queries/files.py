"""The files of a card: beside which field they stand, and whether a viewer may open one."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from zhitong.domain.cards.models import CardFile
from zhitong.domain.cards.rules.seeing import Parts, may_see_figures
from zhitong.domain.files.queries import FileView, files_of
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.kit.refusals import NotFound

FILES_OF = "card"
"""The kind of thing that files are attached to here: a row of `cards_file`."""
PROOF_OF = "card_excuse"
"""The kind of thing whose proof stands beside it: an excuse."""

_PARTS = """
SELECT card.reporter_unit_id, card.collecting_unit_id, file.sent_at IS NOT NULL AND file.dropped_at IS NULL,
       EXISTS (SELECT 1 FROM subjects_care care
               WHERE care.subject_id = card.subject_id AND care.unit_id = %s AND care.until IS NULL)
FROM cards_file file JOIN cards_card card ON card.id = file.card_id
WHERE file.id = %s
"""


def files_on(card_id: UUID, *, drafted: bool = False) -> dict[str, list[FileView]]:
    """The files of a card by place, in the order they came; two queries. `drafted` also gives those not sent yet."""
    rows = CardFile.objects.filter(card_id=card_id, dropped_at__isnull=True).order_by("id")
    if not drafted:
        rows = rows.filter(sent_at__isnull=False)
    places = dict(rows.values_list("id", "place"))
    found = files_of(FILES_OF, places) if places else {}
    by_place: dict[str, list[FileView]] = {}
    for row_id, place in places.items():
        by_place.setdefault(place, []).extend(found[row_id])
    return by_place


def must_see_file(viewer: Viewer, row_id: UUID) -> None:
    """Refuse a file of a card to whoever may not see what the card says; a draft's is for its own unit.

    Raises NotFound.
    """
    with connection.cursor() as cursor:
        cursor.execute(_PARTS, [viewer.unit_id, row_id])
        row = cursor.fetchone()
    if row is None:
        raise NotFound
    reporter_id, collecting_id, is_sent, is_caring = row
    is_own = viewer.unit_id == reporter_id
    parts = Parts(reporter_id, collecting_id, is_caring, is_above=False)
    if first_wall_stands() and not (is_own or (is_sent and may_see_figures(viewer.unit_id, parts))):
        raise NotFound
