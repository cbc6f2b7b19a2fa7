"""Taking and ending one's own keys, with which programs act as one's post."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.actions.seating import issue_token
from zhitong.domain.organisations.models import ApiToken
from zhitong.domain.organisations.rules.keys import LONGEST_NAME, MOST_KEYS, KeyFact
from zhitong.kit.refusals import NotFound, Refused
from zhitong.kit.texts import written


class TooManyKeys(Refused):
    """The person holds as many keys as anybody may."""

    def __init__(self) -> None:
        super().__init__(f"每人最多持有{MOST_KEYS}个密钥。请先停用不再使用的，再领新的。")


@transaction.atomic
def take_key(*, name: str, actor: Actor, now: datetime) -> str:
    """Make a key that acts as the actor's post; the secret is returned once and only its digest is kept.

    Raises BadInput, at `name`: what it is for is missing or too long. Raises TooManyKeys.
    """
    purpose = written("name", name, LONGEST_NAME, wanted="请写明这个密钥用在哪里，例如“本局的Excel”。")
    assert actor.person_id is not None and actor.post_id is not None, "only people take keys"
    held = ApiToken.objects.filter(person_id=actor.person_id, ended_at__isnull=True)
    if held.count() >= MOST_KEYS:
        raise TooManyKeys
    secret = issue_token(person_id=actor.person_id, post_id=actor.post_id, name=purpose, now=now)
    key_id = held.filter(created_at=now).order_by("-id").values_list("id", flat=True)[0]
    record(str(KeyFact.GIVEN), thing_kind="key", thing_id=key_id, actor=actor, at=now)
    return secret


@transaction.atomic
def end_key(*, key_id: UUID, actor: Actor, now: datetime) -> None:
    """End one of the actor's own keys: from now on it is known no more.

    Raises NotFound: it is nobody's, somebody else's, or has ended.
    """
    assert actor.person_id is not None, "only people hold keys"
    ended = ApiToken.objects.filter(id=key_id, person_id=actor.person_id, ended_at__isnull=True).update(ended_at=now)
    if not ended:
        raise NotFound
    record(str(KeyFact.ENDED), thing_kind="key", thing_id=key_id, actor=actor, at=now)
