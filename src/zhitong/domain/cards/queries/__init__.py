"""What can be seen of cards: what I must fill in, one card to fill in, the cards of a region, how far collection is."""

from zhitong.domain.cards.queries.collecting import (
    AskedRound,
    CollectionMeter,
    collection_by_care,
    collection_by_list,
    collection_by_round,
    collection_meter,
    rounds_asked,
)
from zhitong.domain.cards.queries.comparing import Compared, compared, compared_with_last
from zhitong.domain.cards.queries.duties import Duty, duties_for
from zhitong.domain.cards.queries.events import CardEvent
from zhitong.domain.cards.queries.filling import (
    CardToFill,
    FieldToFill,
    SectionToFill,
    card_for_filling,
    card_to_fill_for,
)
from zhitong.domain.cards.queries.merging import MergedCard, merged_card_for_filling
from zhitong.domain.cards.queries.notes import ConfirmedDoubt
from zhitong.domain.cards.queries.opened import CardHead, OpenedCard, SectionTold, card
from zhitong.domain.cards.queries.owed import OwedCard, cards_owed_by
from zhitong.domain.cards.queries.previewing import Openable, RoundPreview, preview_round, templates_to_open
from zhitong.domain.cards.queries.requests import (
    CorrectionRow,
    ExcuseRow,
    corrections_of,
    corrections_to_decide,
    excuse,
    excuses_of,
    excuses_of_region,
    excuses_to_decide,
)
from zhitong.domain.cards.queries.reviewing import (
    CardPage,
    ListedCard,
    Narrowing,
    cards_cared_for,
    cards_of_region,
    cards_to_review,
    count_cared_for,
    count_of_region,
    obligation,
)
from zhitong.domain.cards.queries.rows import RaisedRow
from zhitong.domain.cards.queries.sent import SentCard, cards_of_subject
from zhitong.domain.cards.queries.watching import (
    FlagRow,
    ReminderRow,
    count_of_flags,
    flags_of_card,
    flags_of_region,
    reminders_of_region,
)

__all__ = [
    "AskedRound",
    "CardEvent",
    "CardHead",
    "CardPage",
    "CardToFill",
    "CollectionMeter",
    "Compared",
    "ConfirmedDoubt",
    "CorrectionRow",
    "Duty",
    "ExcuseRow",
    "FieldToFill",
    "FlagRow",
    "ListedCard",
    "MergedCard",
    "Narrowing",
    "Openable",
    "OpenedCard",
    "OwedCard",
    "RaisedRow",
    "ReminderRow",
    "RoundPreview",
    "SectionToFill",
    "SectionTold",
    "SentCard",
    "card",
    "card_for_filling",
    "card_to_fill_for",
    "cards_cared_for",
    "cards_of_region",
    "cards_of_subject",
    "cards_owed_by",
    "cards_to_review",
    "collection_by_care",
    "collection_by_list",
    "collection_by_round",
    "collection_meter",
    "compared",
    "compared_with_last",
    "corrections_of",
    "corrections_to_decide",
    "count_cared_for",
    "count_of_flags",
    "count_of_region",
    "duties_for",
    "excuse",
    "excuses_of",
    "excuses_of_region",
    "excuses_to_decide",
    "flags_of_card",
    "flags_of_region",
    "merged_card_for_filling",
    "obligation",
    "preview_round",
    "reminders_of_region",
    "rounds_asked",
    "templates_to_open",
]
