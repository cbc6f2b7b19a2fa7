"""The digests of days, made from the seals whenever they are asked for: the same day gives the same file for ever."""

from __future__ import annotations

from datetime import date

from django.db.models import Sum

from zhitong.domain.history.models import Seal
from zhitong.domain.history.queries.sealed import head_of_day
from zhitong.domain.history.rules.days import DaySeal


def seal_of_day(day: date) -> DaySeal | None:
    """The digest of a day of Shanghai; None before the first seal."""
    head = head_of_day(day)
    if head is None:
        return None
    facts = Seal.objects.filter(number__lte=head.number).aggregate(facts=Sum("count"))["facts"]
    return DaySeal(day, head, facts)
