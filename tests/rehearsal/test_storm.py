"""The storm on a database of its own: several processes at once, then everything recomputed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from zhitong.launch import recomputed, served_storm, storm
from zhitong.launch.killing import Killer, NotOurServer
from zhitong.rehearsal.storm import calling
from zhitong.rehearsal.storm.blowing import LIKELY, Blown
from zhitong.rehearsal.storm.calling import Answer, Caller, Cast, Journal
from zhitong.rehearsal.storm.tries import TRIES


def test_a_storm_tells_what_was_done_refused_and_found() -> None:
    blown = [Blown(Counter(accept=3, complete=1), refused=2, raised=5, seen=4), Blown(Counter(accept=1))]

    killer = Killer(2, 100, "scratch")
    lines = storm.told(storm.Stormed(7, blown, 2.0, killer, ()))

    assert "办成 5 个动作，用 2 秒，每秒 2 个；另按规则拒绝 2 次；提出问题 5 件" in lines[1]
    assert "受理 4、办结 1" in lines[2]
    assert "两道墙比对 4 次" in lines[3]
    assert len(lines) == 4
    killer.backends = 1
    assert "强行终止 1 次数据库连接" in storm.told(storm.Stormed(7, blown, 2.0, killer, ()))[4]


def test_a_fault_found_is_told_and_ends_with_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert recomputed.ending(["冀-沧州-2018-000001：承办环节之间有空档或重叠。"]) == "核对：1 处不符"
    assert "共 1 处不符" in capsys.readouterr().err


def test_what_is_called_likely_is_tried() -> None:
    assert set(LIKELY) <= set(TRIES)


def test_kills_are_spread_over_the_acts_and_nobody_dies_twice() -> None:
    killer = Killer(3, 400, "scratch")

    assert killer.marks == [100, 200, 300]
    assert killer.at(99, None, lambda: None) is None
    assert killer.marks == [100, 200, 300]


@pytest.mark.parametrize("served", [False, True])
def test_the_server_of_others_is_not_killed(monkeypatch: pytest.MonkeyPatch, served: bool) -> None:
    monkeypatch.setenv("ZHITONG_DATABASE_URL", "postgresql://elsewhere/zhitong")

    with pytest.raises(NotOurServer, match="只能用于自带的数据库"):
        storm.run(Namespace(acts=10, seed=1, kill=1, served=served))


@pytest.mark.prove
@pytest.mark.parametrize("kills", [0, 4])
def test_everything_holds_after_a_storm(tmp_path: Path, kills: int) -> None:
    """On a server of its own: where one connection is killed, the server throws everybody out."""
    storming = [sys.executable, "-m", "zhitong.launch.main", "storm", "--acts", "1500", "--seed", "11", "--kill", str(kills)]
    environment = {**os.environ, "ZHITONG_STATE_DIR": str(tmp_path / "state"), "ZHITONG_DATABASE_URL": ""}
    ended = subprocess.run(storming, env=environment, capture_output=True, text=True, check=False)

    assert (ended.returncode, "0 处不符" in ended.stdout) == (0, True), ended.stderr[-2000:]


@pytest.mark.prove
def test_nothing_acknowledged_is_lost_or_doubled_when_pages_worker_and_database_are_killed(tmp_path: Path) -> None:
    storming = [sys.executable, "-m", "zhitong.launch.main", "storm", "--served", "--acts", "400", "--seed", "11", "--kill", "3"]
    environment = {**os.environ, "ZHITONG_STATE_DIR": str(tmp_path / "state"), "ZHITONG_DATABASE_URL": ""}
    ended = subprocess.run(storming, env=environment, capture_output=True, text=True, check=False)

    assert ended.returncode == 0, ended.stdout + ended.stderr[-2000:]
    assert "其间强行终止（kill -9）：网页服务 1 次、后台办理 1 次、数据库 1 次" in ended.stdout
    assert "已答复而丢失 0，重复 0" in ended.stdout


def test_what_was_acknowledged_and_not_kept_and_what_was_kept_twice_are_told() -> None:
    journal = Journal(unanswered=["/problems"], accidents=["/problems：500"])
    over = served_storm.Served(journals=[journal], lost=["甲 problem.accepted × 1"], doubled=["乙 problem.accepted × 1"], faults=["丙"])

    assert over.wrong == [
        "已答复而没有记录：甲 problem.accepted × 1", "系统意外：/problems：500", "办了不止一次：乙 problem.accepted × 1",
        "没有等到答复：/problems", "丙",
    ]


def test_a_sending_without_an_answer_is_sent_again_under_its_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first sending breaks, the second finds a server that recovers, the third proves done already; its life goes on to
    the end."""
    keys: list[str] = []
    ways = ["accepted", "dispatched", "handling", "answered", "confirmed", "closed"]

    def ask(caller: Caller, path: str, body: bytes, headers: Mapping[str, str]) -> Answer | None:
        keys.append(headers["Idempotency-Key"])
        if len(keys) <= 2:
            return None if len(keys) == 1 else Answer(503, b"", "")
        state = "submitted" if path == "/problems" else ways[len(set(keys)) - 2]
        standing = {"number": "演-1", "state": {"code": state}, "unit": {"code": "office"}}
        return Answer(200, json.dumps(standing).encode(), "true" if len(keys) == 3 else "")

    monkeypatch.setattr(Caller, "_ask", ask)
    monkeypatch.setattr(calling, "PAUSE_SECONDS", 0)
    lives = iter([True, False])
    caller = Caller(0, Cast([("firm", "office")], {"office": "key"}, {"office": "unit"}), "3:0", lambda: next(lives), lambda: float("inf"))

    caller.run()

    assert len(set(keys[:3])) == 1
    assert len(set(keys)) == len(keys) - 2
    assert (caller.journal.again, caller.journal.replayed) == (2, 1)
    assert caller.journal.done["演-1", "submit"] == caller.journal.done["演-1", "close_off"] == 1
