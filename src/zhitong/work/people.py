"""What follows where people's own ways in change: their units are told, so that nobody gets a second way in unseen."""

from __future__ import annotations

from zhitong.domain.accounts.rules.words import AccountFact
from zhitong.domain.history.follow import ReadFact
from zhitong.domain.notices.actions import Telling, tell
from zhitong.domain.notices.rules import NoticeKind
from zhitong.domain.organisations.queries import person_names, posts_held_by
from zhitong.kit.clock import day_of

OF_PEOPLE = frozenset({str(AccountFact.PASSKEY_BOUND)})


def follow_people(fact: ReadFact) -> None:
    """Tell every unit in which somebody holds a post that he has bound a passkey; his name stands for a number."""
    units = {post.viewer.unit_id for post in posts_held_by(fact.thing_id, day_of(fact.at))}
    name = person_names([fact.thing_id]).get(fact.thing_id, "")
    tell([
        Telling(unit_id, NoticeKind.PASSKEY_BOUND, fact.thing_kind, fact.thing_id, name, fact.id, fact.at)
        for unit_id in sorted(units)
    ])
