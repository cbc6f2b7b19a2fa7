"""What cards keep: templates, rounds and who owes; cards with figures, drafts and problem rows; what was asked beside them."""

from zhitong.domain.cards.models.asked import CardFile, Doubt, Mark, PeerRange
from zhitong.domain.cards.models.beside import Acceptance, Correction, Excuse, Flagged, Reminder, Trace
from zhitong.domain.cards.models.card import Card, CardFigures, Draft, ProblemRow
from zhitong.domain.cards.models.round import Obligation, ObligationList, Round, Timetable
from zhitong.domain.cards.models.template import TemplateDraft, TemplateRow

__all__ = [
    "Acceptance", "Card", "CardFigures", "CardFile", "Correction", "Doubt", "Draft", "Excuse", "Flagged", "Mark", "Obligation",
    "ObligationList", "PeerRange", "ProblemRow", "Reminder", "Round", "TemplateDraft", "TemplateRow", "Timetable", "Trace",
]
