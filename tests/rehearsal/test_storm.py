"""The storm on a database of its own: several processes at once, then everything recomputed."""

from __future__ import annotations

import os
import subprocess
import sys
from argparse import Namespace
from collections import Counter
from pathlib import Path

import pytest

from zhitong.launch import storm
from zhitong.launch.killing import Killer, NotOurServer
from zhitong.rehearsal.storm.blowing import LIKELY, Blown
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
    assert storm.ending(["冀-沧州-2018-000001：承办环节之间有空档或重叠。"]) == "核对：1 处不符"
    assert "共 1 处不符" in capsys.readouterr().err


def test_what_is_called_likely_is_tried() -> None:
    assert set(LIKELY) <= set(TRIES)


def test_kills_are_spread_over_the_acts_and_nobody_dies_twice() -> None:
    killer = Killer(3, 400, "scratch")

    assert killer.marks == [100, 200, 300]
    assert killer.at(99, None, lambda: None) is None
    assert killer.marks == [100, 200, 300]


def test_the_server_of_others_is_not_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHITONG_DATABASE_URL", "postgresql://elsewhere/zhitong")

    with pytest.raises(NotOurServer, match="只能用于自带的数据库"):
        storm.run(Namespace(acts=10, seed=1, kill=1))


@pytest.mark.prove
@pytest.mark.parametrize("kills", [0, 4])
def test_everything_holds_after_a_storm(tmp_path: Path, kills: int) -> None:
    """On a server of its own: where one connection is killed, the server throws everybody out."""
    storming = [sys.executable, "-m", "zhitong.launch.main", "storm", "--acts", "1500", "--seed", "11", "--kill", str(kills)]
    environment = {**os.environ, "ZHITONG_STATE_DIR": str(tmp_path / "state"), "ZHITONG_DATABASE_URL": ""}
    ended = subprocess.run(storming, env=environment, capture_output=True, text=True, check=False)

    assert (ended.returncode, "0 处不符" in ended.stdout) == (0, True), ended.stderr[-2000:]
