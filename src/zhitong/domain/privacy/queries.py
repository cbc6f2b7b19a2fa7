"""What a viewer is shown of people: the one rule through which every room asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from uuid import UUID

from django.conf import settings

from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.privacy.models import Unmasking
from zhitong.domain.privacy.rules.masking import Masking, is_whole_for, masked
from zhitong.domain.privacy.rules.words import PersonalKind
from zhitong.kit.clock import SHANGHAI, day_of

Shown = Callable[[PersonalKind, str], str]


def masking() -> Masking:
    """What this installation masks, by its settings."""
    found: Masking = settings.MASKING
    return found


def shown_to(viewer: Viewer, *, takes_part: bool) -> Shown:
    """How personal values of one thing are shown to a viewer: whole, or by their mask. No query."""
    rule = masking()
    return lambda kind, text: text if is_whole_for(viewer, kind, rule, takes_part=takes_part) else masked(kind, text)


def looks_whole(viewer: Viewer, thing_id: UUID, now: datetime) -> bool:
    """Whether the viewer has said for what he needs the whole, and the time for it runs; one query."""
    return Unmasking.objects.filter(person_id=viewer.person_id, thing_id=thing_id, at__lte=now, until__gt=now).exists()


def looks_left(viewer: Viewer, now: datetime) -> int:
    """How often the viewer may still look at whole values today; one query."""
    begun = datetime.combine(day_of(now), time(), SHANGHAI)
    return max(0, masking().a_day - Unmasking.objects.filter(person_id=viewer.person_id, at__gte=begun).count())
