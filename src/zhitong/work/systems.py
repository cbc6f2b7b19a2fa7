"""What other systems are told: facts become events for who may see the thing, and events are sent beside the other work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from uuid import UUID

from django.conf import settings

from zhitong.domain.campaigns.queries import is_demonstration
from zhitong.domain.cards.queries.opened import may_open_card
from zhitong.domain.history.follow import ReadFact
from zhitong.domain.organisations.queries.acting_posts import viewer_of_post
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.domain.problems.queries.followed import problems_followed
from zhitong.domain.systems.actions.delivering import Event, Letter, Outcome, claim, keep_events, settle
from zhitong.domain.systems.queries.telling import Listener, listeners_to
from zhitong.domain.systems.rules.telling import Topic
from zhitong.kit import clock
from zhitong.work.calling import send

FOLLOWER = "webhooks"
AT_ONCE = 8
PATIENCE_SECONDS = 0.02
_BY_KIND = {str(topic.value): topic for topic in Topic}


def keep_told(facts: Sequence[ReadFact]) -> None:
    """Keep an event of each fact for every subscription whose client sees the thing; again changes nothing."""
    facts = [fact for fact in facts if fact.kind in _BY_KIND]
    listeners = listeners_to(sorted({fact.kind for fact in facts})) if facts else {}
    events: list[Event] = []
    for fact in facts:
        for listener in listeners.get(fact.kind, ()):
            url = _address_seen(listener, fact.thing_kind, fact.thing_id)
            if url:
                events.append(Event(
                    subscription_id=listener.subscription_id, fact_id=fact.id, topic=_BY_KIND[fact.kind],
                    thing_id=fact.thing_id, version=fact.xid, url=url, at=fact.at,
                ))
    if events:
        keep_events(events, now=clock.now())


def _address_seen(listener: Listener, kind: str, thing_id: UUID) -> str:
    """Where a client fetches a thing; empty where it does not see it, or its post has ended."""
    viewer = viewer_of_post(listener.post_id, listener.person_id)
    if viewer is None or kind not in _ADDRESSES:
        return ""
    with acting_as(viewer):
        return _ADDRESSES[kind](viewer, thing_id)


def _of_problem(viewer: Viewer, problem_id: UUID) -> str:
    found = problems_followed(viewer, [problem_id]).get(problem_id)
    return f"/api/v1/problems/{found.number}" if found else ""


def _of_card(viewer: Viewer, card_id: UUID) -> str:
    return f"/api/v1/cards/{card_id}" if may_open_card(viewer, card_id) else ""


_ADDRESSES: dict[str, Callable[[Viewer, UUID], str]] = {"problem": _of_problem, "card": _of_card}


class Post:
    """Sends what is due in threads, a few at once, so that a slow receiver holds nothing else up."""

    def __init__(self) -> None:
        self._threads: ThreadPoolExecutor | None = None
        self._under_way: set[Future[Outcome]] = set()

    def carry_on(self) -> int:
        """Write down what came of those sent, and send more; returns how many are or were on their way."""
        done, _going_on = wait(self._under_way, timeout=PATIENCE_SECONDS)
        self._under_way -= done
        for one in done:
            settle(one.result(), now=clock.now())
        room = AT_ONCE - len(self._under_way)
        for letter in claim(most=room, now=clock.now()) if room else ():
            self._under_way.add(self._begin(letter))
        return len(done) + len(self._under_way)

    def _begin(self, letter: Letter) -> Future[Outcome]:
        if self._threads is None:
            self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="webhook")
        return self._threads.submit(
            send, letter, networks=settings.WEBHOOK_NETWORKS, may_be_plain=is_demonstration()
        )


post = Post()
