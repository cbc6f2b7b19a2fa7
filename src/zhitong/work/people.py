"""What follows where people's ways in and their substitutes change: the units concerned are told."""

from __future__ import annotations

from uuid import UUID

from zhitong.domain.accounts.rules.words import AccountFact
from zhitong.domain.history.follow import ReadFact
from zhitong.domain.notices.actions import Telling, tell
from zhitong.domain.notices.rules import NoticeKind
from zhitong.domain.organisations.queries import person_names, posts_held_by
from zhitong.domain.organisations.rules.substituting import SubstitutionFact
from zhitong.kit.clock import day_of

OF_PEOPLE: dict[str, NoticeKind] = {
    str(kind.value): told
    for kind, told in {
        AccountFact.PASSKEY_BOUND: NoticeKind.PASSKEY_BOUND,
        SubstitutionFact.NAMED: NoticeKind.SUBSTITUTE_NAMED,
        SubstitutionFact.BEGUN: NoticeKind.SUBSTITUTION_BEGUN,
        SubstitutionFact.ENDED: NoticeKind.SUBSTITUTION_ENDED,
        SubstitutionFact.RUN_OUT: NoticeKind.SUBSTITUTION_RUN_OUT,
    }.items()
}
"""A second way in is got by nobody unseen; of a substitution both sides hear that it was named, begins and is over."""


def follow_people(fact: ReadFact) -> None:
    """Tell the units in which those concerned hold a post; their names stand for a number."""
    people = _concerned(fact)
    units = {post.viewer.unit_id for one in people for post in posts_held_by(one, day_of(fact.at))}
    names = person_names(people)
    words = "代".join(names.get(one, "") for one in people)
    tell([
        Telling(unit_id, OF_PEOPLE[fact.kind], fact.thing_kind, fact.thing_id, words, fact.id, fact.at)
        for unit_id in sorted(units)
    ])


def _concerned(fact: ReadFact) -> list[UUID]:
    """Whose way in it is; or who stands in, and then for whom."""
    if fact.thing_kind == "person":
        return [fact.thing_id]
    return [UUID(fact.body["person"]), UUID(fact.body["holder"])]
