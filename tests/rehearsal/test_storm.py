"""The storm on a database of its own: several processes at once, then everything recomputed."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter

import pytest
from pytest_django.plugin import DjangoDbBlocker

from zhitong.launch import storm
from zhitong.rehearsal.storm.blowing import LIKELY, Blown
from zhitong.rehearsal.storm.tries import TRIES


def test_a_storm_tells_what_was_done_refused_and_found() -> None:
    blown = [Blown(Counter(accept=3, complete=1), refused=2, raised=5, seen=4), Blown(Counter(accept=1))]

    lines = storm.told(blown, Namespace(seed=7), seconds=2.0)

    assert "办成 5 个动作，用 2 秒，每秒 2 个；另按规则拒绝 2 次；提出问题 5 件" in lines[1]
    assert "受理 4、办结 1" in lines[2]
    assert "两道墙比对 4 次" in lines[3]


def test_a_fault_found_is_told_and_ends_with_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert storm.ending(["冀-沧州-2018-000001：承办环节之间有空档或重叠。"]) == "核对：1 处不符"
    assert "共 1 处不符" in capsys.readouterr().err


def test_what_is_called_likely_is_tried() -> None:
    assert set(LIKELY) <= set(TRIES)


@pytest.mark.prove
def test_everything_holds_after_a_storm(
    running_database: None, django_db_blocker: DjangoDbBlocker, capsys: pytest.CaptureFixture[str]
) -> None:
    with django_db_blocker.unblock():
        ended = storm.run(Namespace(acts=1500, seed=11))

    assert (ended, "0 处不符" in capsys.readouterr().out) == (0, True)
