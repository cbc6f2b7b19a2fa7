"""A large table is committed by the worker, who tells how far it is before it is done (R-D6)."""

from __future__ import annotations

from datetime import date

import psycopg
import pytest

from tests.cast import viewer
from tests.exchange.conftest import firm, seen, sheet, staged
from tests.world import NOW
from zhitong.config import database as config
from zhitong.domain.exchange.actions.committing import commit
from zhitong.domain.exchange.actions.progress import commit_next
from zhitong.domain.exchange.models import Upload
from zhitong.domain.exchange.rules.kinds import UploadState
from zhitong.domain.organisations.models import Tenure
from zhitong.domain.organisations.scope import acting_as

pytestmark = pytest.mark.usefixtures("fresh_database")


def test_the_worker_commits_in_its_senders_name_and_tells_on_a_connection_of_its_own(
    fresh_database: str, owner_connection: psycopg.Connection[tuple[object, ...]]
) -> None:
    upload = staged(sheet(firm(1), firm(2)))
    with acting_as(viewer("park_office")) as here:
        commit(here, upload, actor=here.actor("test"), now=NOW, at_once=1)
    waiting = seen(upload).state

    with config.as_role("worker", name=fresh_database):
        did, then = commit_next(NOW), commit_next(NOW)

    told = owner_connection.execute("SELECT done, total FROM exchange_progress").fetchall()
    assert (waiting, did, then) == (UploadState.ORDERED, 1, 0)
    assert told == [(2, 2)]
    assert seen(upload).state is UploadState.COMMITTED


def test_what_is_refused_then_goes_back_to_its_sender_with_the_sentence(fresh_database: str) -> None:
    upload = staged(sheet(firm(1), firm(2)))
    with acting_as(viewer("park_office")) as here:
        commit(here, upload, actor=here.actor("test"), now=NOW, at_once=1)
        Tenure.objects.filter(person_id=here.person_id).update(until=date(2018, 4, 1))

    with config.as_role("worker", name=fresh_database):
        did = commit_next(NOW)
    with config.as_role("owner", name=fresh_database):
        [(state, refusal)] = Upload.objects.filter(id=upload).values_list("state", "refusal")

    assert (did, state) == (1, "staged")
    assert "请由现任重新导入" in refusal
