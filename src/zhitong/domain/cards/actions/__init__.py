"""What can be done with cards: publish templates, open a round, keep drafts, send, return and accept.

Acts take a sequence; one is a sequence of length one. An act refused changes nothing, not for the others either.
Doors send cards through `problems.actions.submit_card` alone, which opens the problems in the same transaction.
"""

from zhitong.domain.cards.actions.drafting import Drafting, SavedDraft, save_drafts
from zhitong.domain.cards.actions.opening import Opened, RoundToOpen, open_rounds
from zhitong.domain.cards.actions.publishing import TemplateToPublish, publish_templates
from zhitong.domain.cards.actions.reviewing import Acceptance, Return, accept_cards, return_cards
from zhitong.domain.cards.actions.sending import RowToRaise, Submission, SubmittedCard, mark_raised, submit_cards

__all__ = [
    "Acceptance", "Drafting", "Opened", "Return", "RoundToOpen", "RowToRaise", "SavedDraft", "Submission",
    "SubmittedCard", "TemplateToPublish", "accept_cards", "mark_raised", "open_rounds", "publish_templates",
    "return_cards", "save_drafts", "submit_cards",
]
