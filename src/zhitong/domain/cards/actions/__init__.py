"""What can be done with cards: publish templates, open rounds, keep drafts, send, confirm, return, accept, excuse, remind.

Acts take a sequence; one is a sequence of length one. An act refused changes nothing, not for the others either.
Doors send cards through `problems.actions.submit_card` alone, which opens the problems in the same transaction.
"""

from zhitong.domain.cards.actions.answering import Confirmation, confirm_cards, dispute_cards
from zhitong.domain.cards.actions.correcting import (
    AskedCorrection,
    CorrectionDecision,
    ask_corrections,
    decide_correction,
)
from zhitong.domain.cards.actions.drafting import Drafting, SavedDraft, save_drafts
from zhitong.domain.cards.actions.excusing import AskedExcuse, ExcuseDecision, ask_excuses, decide_excuses
from zhitong.domain.cards.actions.flagging import answer_flag
from zhitong.domain.cards.actions.opening import Opened, RoundToOpen, open_rounds
from zhitong.domain.cards.actions.publishing import TemplateToPublish, publish_templates
from zhitong.domain.cards.actions.raising import RowToRaise, mark_raised
from zhitong.domain.cards.actions.reminding import remind_region
from zhitong.domain.cards.actions.returning import PassBack, Return, pass_back, return_cards
from zhitong.domain.cards.actions.reviewing import Acceptance, accept_cards
from zhitong.domain.cards.actions.scheduling import load_timetables
from zhitong.domain.cards.actions.sending import Submission, SubmittedCard, submit_cards

__all__ = [
    "Acceptance", "AskedCorrection", "AskedExcuse", "Confirmation", "CorrectionDecision", "Drafting", "ExcuseDecision",
    "Opened", "PassBack", "Return", "RoundToOpen", "RowToRaise", "SavedDraft", "Submission", "SubmittedCard", "TemplateToPublish",
    "accept_cards", "answer_flag", "ask_corrections", "ask_excuses", "confirm_cards", "decide_correction",
    "decide_excuses", "dispute_cards", "load_timetables", "mark_raised", "open_rounds", "pass_back", "publish_templates",
    "remind_region", "return_cards", "save_drafts", "submit_cards",
]
