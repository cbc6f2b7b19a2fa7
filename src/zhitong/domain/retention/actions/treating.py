"""What is done with rows whose time is over, kind by kind: some are gone, some keep everything but the person."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from zhitong.domain.accounts.models import Sitting
from zhitong.domain.cards.actions.erasing import erase_contact
from zhitong.domain.cards.models import Draft, ProblemRow
from zhitong.domain.entry.models import PhoneCode
from zhitong.domain.exchange.models import UploadRow
from zhitong.domain.history.rules import Actor
from zhitong.domain.intake.models import Order, SheetRow
from zhitong.domain.messaging.models import Message
from zhitong.domain.privacy.models import Unmasking
from zhitong.domain.retention.actions.stripping import strip_account
from zhitong.domain.retention.rules.words import KeptKind

WORK = Actor(None, None, None, "work")
Treat = Callable[[Sequence[UUID], datetime], object]
_BY_TERM = "保存期限已到，按设定清理"


def _contacts(ids: Sequence[UUID], now: datetime) -> None:
    for subject_id in ids:
        erase_contact(subject_id=subject_id, reason=_BY_TERM, actor=WORK, now=now)


def _left(ids: Sequence[UUID], now: datetime) -> None:
    for person_id in ids:
        strip_account(person_id)


def _hotline(ids: Sequence[UUID], now: datetime) -> None:
    Order.objects.filter(id__in=ids).update(original={})
    SheetRow.objects.filter(id__in=ids).update(original={}, troubles=[])


TREATED: Mapping[KeptKind, Treat] = MappingProxyType({
    KeptKind.CONTACTS: _contacts,
    KeptKind.REPORTERS: lambda ids, now: ProblemRow.objects.filter(id__in=ids).update(
        reporter_name="", reporter_post="", reporter_phone=""
    ),
    KeptKind.HOTLINE: _hotline,
    KeptKind.LEFT: _left,
    KeptKind.SITTINGS: lambda ids, now: Sitting.objects.filter(id__in=ids).delete(),
    KeptKind.MESSAGES: lambda ids, now: Message.objects.filter(id__in=ids).delete(),
    KeptKind.UNMASKINGS: lambda ids, now: Unmasking.objects.filter(id__in=ids).delete(),
    KeptKind.DRAFTS: lambda ids, now: Draft.objects.filter(card_id__in=ids).delete(),
    KeptKind.UPLOADS: lambda ids, now: UploadRow.objects.filter(id__in=ids).delete(),
    KeptKind.CODES: lambda ids, now: PhoneCode.objects.filter(id__in=ids).delete(),
})
