"""Which handler works on which kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from zhitong.domain.exchange.actions.kinds.cards import CardsHandler
from zhitong.domain.exchange.actions.kinds.care import CareHandler
from zhitong.domain.exchange.actions.kinds.ledger import LedgerHandler
from zhitong.domain.exchange.actions.kinds.people import PeopleHandler
from zhitong.domain.exchange.actions.kinds.protocol import Around, Handler
from zhitong.domain.exchange.actions.kinds.subjects import SubjectsHandler
from zhitong.domain.exchange.actions.kinds.units import UnitsHandler
from zhitong.domain.exchange.rules.kinds import UploadKind

HANDLERS: Mapping[UploadKind, Callable[[Around], Handler]] = {
    UploadKind.SUBJECTS: SubjectsHandler, UploadKind.CARE: CareHandler, UploadKind.CARDS: CardsHandler,
    UploadKind.LEDGER: LedgerHandler, UploadKind.UNITS: UnitsHandler, UploadKind.PEOPLE: PeopleHandler,
}


def handler_of(kind: UploadKind, around: Around) -> Handler:
    """The handler of a kind, ready for one upload. Raises BadInput: what must be chosen with it is not."""
    return HANDLERS[kind](around)
