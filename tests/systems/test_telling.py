"""Systems are told over HTTP of what moved within their sight: signed, in order, once or more but never lost (9.7)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from tests.api.conftest import Caller
from tests.cast import Story, viewer
from tests.docs.tables import DOCS
from tests.following import follow_all, wait_for_older_ones
from tests.systems.conftest import Register
from tests.systems.receiving import Receiver, is_signed, receiving
from tests.work.test_reactions import raise_one
from tests.world import NOW
from zhitong.config import database as config
from zhitong.domain.history.follow import follow_together
from zhitong.domain.notices.queries import unread_for
from zhitong.domain.notices.rules import NoticeKind
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.domain.problems.actions.handling import Acknowledge, acknowledge
from zhitong.domain.systems.actions.delivering import Outcome, claim, settle
from zhitong.domain.systems.models import Delivery, Subscription
from zhitong.domain.systems.rules.telling import (
    LEASE,
    PAUSE_AFTER,
    Topic,
    may_call,
    next_try,
    secret_in_words,
    signatures,
    url_trouble,
)
from zhitong.kit import clock
from zhitong.work.reactions import FOLLOWER, react
from zhitong.work.systems import FOLLOWER as TOLD
from zhitong.work.systems import Post, keep_told

TOPICS = ["problem.dispatched", "problem.acknowledged"]
Keyed = Callable[..., str]


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    """Somebody who listens on this machine, which was allowed."""
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    with receiving() as one:
        yield one


@pytest.fixture
def here(fresh_database: str) -> str:
    """A database whose commits are real, with the demonstration's mark that lets plain http pass."""
    with config.as_role("owner", name=fresh_database), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO campaigns_installation (id, is_demonstration, clock_offset) VALUES (1, true, '0')"
            " ON CONFLICT (id) DO UPDATE SET is_demonstration = true"
        )
    return fresh_database


@contextmanager
def the_worker(name: str) -> Iterator[None]:
    with config.as_role("worker", name=name):
        yield


def tell_all(name: str, post: Post | None = None) -> Post:
    """Let the worker keep events and carry all that is due."""
    post = post or Post()
    with the_worker(name):
        wait_for_older_ones()
        while follow_together(TOLD, keep_told):
            pass
        while post.carry_on():
            pass
    return post


def rows(name: str) -> list[Delivery]:
    with the_worker(name):
        return list(Delivery.objects.order_by("id"))


def subscribed(platform: Caller, receiver: Receiver) -> str:
    answer = platform.post("/subscriptions", {"url": receiver.url, "topics": TOPICS})
    assert answer.status == 201, answer.body
    return str(answer.body["id"])


@pytest.fixture
def told(here: str, registered: Register, keyed: Keyed, receiver: Receiver) -> tuple[Caller, str]:
    """A system that listens, and its subscription."""
    platform = Caller(keyed(registered()))
    return platform, subscribed(platform, receiver)


def dispatched(story: Story | None = None) -> Story:
    """A problem that a rule has sent to the park's 经发局, taken up there."""
    story = story or raise_one()
    story.does("park", acknowledge, Acknowledge, contact="已联系")
    return story


def test_what_moved_is_told_in_order_signed_and_without_a_word_of_it(
    here: str, told: tuple[Caller, str], receiver: Receiver
) -> None:
    platform, subscription = told
    story = dispatched()

    tell_all(here)

    secret = platform.get(f"/subscriptions/{subscription}/secret").body["secret"]
    assert [one["type"] for one in receiver.events] == TOPICS
    assert all(is_signed(secret, headers, body) for headers, body in receiver.came)
    assert not is_signed(secret, receiver.came[0][0], receiver.came[1][1]), "a body under another's signature"
    first = receiver.events[0]["data"]
    assert first == {"kind": "problem", "id": str(story.problem_id), "version": first["version"],
                     "url": f"/api/v1/problems/{story.standing.number}"}
    assert receiver.events[1]["data"]["version"] >= first["version"]
    assert "限电" not in b"".join(body for _headers, body in receiver.came).decode()
    assert platform.get(first["url"].removeprefix("/api/v1")).status == 200
    events = platform.get(f"/subscriptions/{subscription}/deliveries").body["rows"]
    assert [(one["id"], one["state"]["code"], one["status"]) for one in events[::-1]] == [
        (one, "delivered", 204) for one in receiver.ids
    ]


def test_facts_seen_again_are_not_told_again(here: str, told: tuple[Caller, str], receiver: Receiver) -> None:
    dispatched()
    tell_all(here)
    with the_worker(here), connection.cursor() as cursor:
        cursor.execute("UPDATE history_follower SET xid = 0 WHERE name = %s", [TOLD])

    tell_all(here)

    assert len(receiver.came) == len(rows(here)) == 2


def test_who_cannot_see_it_is_not_told(
    here: str, told: tuple[Caller, str], receiver: Receiver, registered: Register, keyed: Keyed
) -> None:
    with receiving() as stranger:
        sees_its_own = Caller(keyed(registered(unit="130973400-office", name="演示办公室系统", rights=set())))
        other = Caller(keyed(registered(unit="130973400-social", name="演示别的条线", rights=set())))
        subscribed(sees_its_own, stranger)
        subscribed(other, stranger)
        dispatched()

        tell_all(here)

        assert {one["data"]["kind"] for one in stranger.events} == {"problem"}
        assert len(stranger.came) == len(receiver.came) == 2, "the office sees it, a bureau of another line does not"


def test_what_was_sent_by_one_who_died_is_sent_again_under_its_id(
    here: str, told: tuple[Caller, str], receiver: Receiver
) -> None:
    dispatched()
    with the_worker(here):
        wait_for_older_ones()
        follow_together(TOLD, keep_told)
        [lost] = claim(most=8, now=NOW)
        assert claim(most=8, now=NOW) == [], "nobody else takes it meanwhile, nor what comes after it"

    with clock.held_at(NOW + LEASE + timedelta(seconds=1)):
        tell_all(here)

    assert receiver.ids[0] == str(lost.id)
    assert [one["type"] for one in receiver.events] == TOPICS
    assert rows(here)[0].tries == 2


def test_what_fails_is_tried_later_and_holds_its_thing_back(here: str, told: tuple[Caller, str], receiver: Receiver) -> None:
    receiver.statuses = [500]
    dispatched()
    post = tell_all(here)
    assert [one["type"] for one in receiver.events] == ["problem.dispatched"], "what came after it waits for it"
    other = raise_one()
    tell_all(here, post)
    assert receiver.events[1]["data"]["id"] == str(other.problem_id), "another thing waits for nothing"

    with clock.held_at(NOW + timedelta(seconds=7)):
        tell_all(here, post)

    assert [one["type"] for one in receiver.events[2:]] == TOPICS
    assert receiver.ids[0] in receiver.ids[1:]


@pytest.mark.prove
def test_an_answer_that_leads_elsewhere_is_not_followed(here: str, told: tuple[Caller, str], receiver: Receiver) -> None:
    with receiving() as elsewhere:
        receiver.statuses, receiver.leads_to = [302], elsewhere.url
        raise_one()

        tell_all(here)

        assert elsewhere.came == []
        assert (rows(here)[0].state, rows(here)[0].status) == ("waiting", 302)


def test_after_its_last_try_a_letter_is_dead_until_somebody_sends_it_again(
    here: str, told: tuple[Caller, str], receiver: Receiver
) -> None:
    platform, subscription = told
    raise_one()
    now = fail_until_dead(here)
    [letter] = platform.get(f"/subscriptions/{subscription}/deliveries", state="dead").body["rows"]
    place = f"/subscriptions/{subscription}/deliveries/{letter['id']}/resend"

    assert (letter["tries"], letter["answer"]) == (10, "演示")
    with clock.held_at(now):
        tell_all(here)
        assert receiver.came == []
        assert platform.post(place).status == 200
        assert platform.post(place).status == 409
        tell_all(here)
    assert receiver.ids == [letter["id"]]


def fail_until_dead(name: str) -> Any:
    """Let the one event there fail at every try; returns when it was given up."""
    now = NOW
    with the_worker(name):
        wait_for_older_ones()
        follow_together(TOLD, keep_told)
        for _try in range(20):
            for letter in claim(most=8, now=now):
                settle(Outcome(letter.id, 500, "演示"), now=now)
            now += timedelta(days=2)
    return now


def test_one_that_fails_on_is_paused_and_its_unit_told(
    here: str, told: tuple[Caller, str], receiver: Receiver
) -> None:
    platform, subscription = told
    for _problem in range(2):
        raise_one()
    fail_until_dead(here)
    with the_worker(here):
        follow_all(FOLLOWER, react)
    raise_one()
    tell_all(here)

    stands = platform.get(f"/subscriptions/{subscription}").body
    assert (stands["state"]["code"], stands["failures"], stands["waiting"]) == ("paused", PAUSE_AFTER, 1)
    assert receiver.came == []
    with acting_as(viewer("park")) as official:
        assert NoticeKind.CALLS_PAUSED in {one.kind for one in unread_for(official)}
    assert platform.post(f"/subscriptions/{subscription}/resume").status == 200
    tell_all(here)
    assert len(receiver.came) == 1


@pytest.mark.prove
def test_one_who_says_gone_is_told_no_more(here: str, told: tuple[Caller, str], receiver: Receiver) -> None:
    receiver.statuses = [410]
    raise_one()

    tell_all(here)

    assert told[0].get(f"/subscriptions/{told[1]}").body["state"]["code"] == "paused"


@pytest.mark.prove
def test_for_a_day_both_secrets_sign(here: str, told: tuple[Caller, str], receiver: Receiver) -> None:
    platform, subscription = told
    place = f"/subscriptions/{subscription}/secret"
    old = platform.get(place).body["secret"]
    platform.post(f"{place}/change")
    new = platform.get(place).body["secret"]
    raise_one()
    tell_all(here)
    with clock.held_at(NOW + timedelta(days=2)):
        raise_one()
        tell_all(here)

    assert old != new
    assert [(is_signed(old, *one), is_signed(new, *one)) for one in receiver.came] == [(True, True), (False, True)]


def test_inner_addresses_are_not_called_unless_allowed(here: str, told: tuple[Caller, str], receiver: Receiver, settings: Any) -> None:
    settings.WEBHOOK_NETWORKS = []
    raise_one()

    tell_all(here)

    assert receiver.came == []
    assert "内部网络" in rows(here)[0].answer


def test_a_subscription_is_its_clients_and_its_administrators_alone(
    here: str, told: tuple[Caller, str], receiver: Receiver, registered: Register, keyed: Keyed, elsewhere: Viewer
) -> None:
    other = Caller(keyed(registered(name="演示另一系统")))
    place = f"/subscriptions/{told[1]}"

    assert other.get("/subscriptions").body["rows"] == []
    for path in (place, f"{place}/secret", f"{place}/deliveries"):
        assert other.get(path).status == 404
    for act in ("secret/change", "resume", "end"):
        assert other.post(f"{place}/{act}").status == 404
    with acting_as(elsewhere):
        assert Subscription.objects.count() == 0
    assert told[0].post(f"{place}/end").status == 200
    assert told[0].get("/subscriptions").body["rows"] == []


@pytest.mark.parametrize(("addresses", "allowed", "open_to"), [
    (["93.184.216.34"], [], True), (["93.184.216.34", "10.0.0.1"], [], False), ([], [], False),
    (["127.0.0.1"], [], False), (["169.254.169.254"], [], False), (["192.168.1.1"], [], False), (["100.64.0.1"], [], False),
    (["::1"], [], False), (["fe80::1%eth0"], [], False), (["fd00::1"], [], False), (["::ffff:10.0.0.1"], [], False),
    (["0.0.0.0"], [], False),  # noqa: S104 - nothing listens there
    (["224.0.0.1"], [], False), (["10.20.1.1"], ["10.20.0.0/16"], True),
    (["::ffff:10.20.1.1"], ["10.20.0.0/16"], True), (["10.21.1.1"], ["10.20.0.0/16"], False),
])
def test_which_addresses_may_be_called(addresses: list[str], allowed: list[str], open_to: bool) -> None:
    assert may_call(addresses, allowed) is open_to


@pytest.mark.parametrize("url", [
    "http://example.cn/", "ftp://example.cn/", "https://", "https://u:p@example.cn/", "https://example.cn/#x", "https://例.cn/",
    "https://example.cn:99999/", "javascript:alert(1)", "https://example.cn/" + "a" * 500,
])
def test_an_address_that_cannot_be_called_is_refused_in_words(url: str) -> None:
    assert url_trouble(url, may_be_plain=False)


def test_tries_grow_rarer_and_end() -> None:
    waits = [next_try(tries, 0.5) for tries in range(1, 11)]

    assert waits[:3] == [timedelta(seconds=5), timedelta(minutes=1), timedelta(minutes=5)]
    assert waits[-1] is None
    assert waits[:-1] == sorted(one for one in waits if one is not None)
    assert next_try(1, 0.0) == timedelta(seconds=4)
    assert next_try(1, 1.0) == timedelta(seconds=6)


def test_the_receiver_of_the_docs_takes_what_is_ours_and_nothing_else() -> None:
    page = (DOCS / "api.md").read_text(encoding="utf-8")
    [snippet] = [one for one in re.findall(r"```python\n(.*?)```", page, re.DOTALL) if "webhook-signature" in one]
    place: dict[str, Any] = {}
    exec(snippet, place)  # noqa: S102 - the snippet of our own docs, as a reader would run it
    secret, body, now = b"s" * 32, b'{"type":"problem.dispatched"}', 1_524_814_800
    headers = {
        "webhook-id": str(UUID(int=1)), "webhook-timestamp": str(now),
        "webhook-signature": signatures(str(UUID(int=1)), now, body, [b"other" * 8, secret]),
    }
    is_ours = place["is_ours"]

    assert is_ours(secret_in_words(secret), headers, body, now=now + 299)
    assert not is_ours(secret_in_words(secret), headers, body, now=now + 301)
    assert not is_ours(secret_in_words(secret), headers, body + b" ", now=now)
    assert not is_ours(secret_in_words(b"x" * 32), headers, body, now=now)
    assert {str(topic.value) for topic in Topic} <= set(re.findall(r"`([a-z]+\.[a-z_]+)`", page))
