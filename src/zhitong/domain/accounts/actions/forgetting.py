"""Forgetting what no longer serves: quiet counts, sessions that have run out. Sittings go by their term (room retention)."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction

from zhitong.domain.accounts.models import Knock
from zhitong.domain.accounts.rules.waiting import FORGOTTEN


@transaction.atomic
def forget_what_is_over(*, now: datetime, world: datetime) -> int:
    """Drop counts of failures that count no more, and sessions that have run out; returns how many."""
    dropped = [
        Knock.objects.filter(last_at__lt=now - FORGOTTEN).delete()[0],
        Session.objects.filter(expire_date__lt=world).delete()[0],
    ]
    return sum(dropped)
