"""`zhitong up` from the outside: it serves, moves away from a taken port, and is gone when told."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.launch.conftest import Installation, wait_until
from zhitong.launch import port
from zhitong.launch.embedded import server


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody else listens on."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def test_a_taken_port_moves_on_to_the_next_free_one(taken: int) -> None:
    assert taken < port.free("127.0.0.1", taken) < taken + port.TRIED


def test_a_free_port_is_kept(taken: int) -> None:
    free = port.free("127.0.0.1", taken)

    assert port.free("127.0.0.1", free) == free


def test_a_held_port_is_no_longer_free_though_nobody_listens(taken: int) -> None:
    with port.held("127.0.0.1", taken) as first, port.held("127.0.0.1", first) as second:
        assert first < second

        with socket.socket() as web_server:
            web_server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            web_server.bind(("127.0.0.1", first))
            web_server.listen()


def test_an_address_of_another_machine_is_told_in_a_sentence() -> None:
    with pytest.raises(port.NoFreePort, match=r"不能在 192\.0\.2\.1:8000 上提供服务"):
        port.free("192.0.2.1", 8000)


def processes_of(state: Path) -> list[str]:
    """What still runs for this installation: anything whose environment names its state folder."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"ZHITONG_STATE_DIR={state}\0".encode() in (folder / "environ").read_bytes():
                found.append((folder / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found


def answered(at: int, path: str) -> int:
    """The status of a page."""
    connection = http.client.HTTPConnection("127.0.0.1", at, timeout=30)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.prove
def test_it_serves_on_the_next_port_starts_a_killed_database_again_and_ctrl_c_leaves_nothing(
    installation: Installation, taken: int
) -> None:
    started = subprocess.Popen(
        [sys.executable, "-m", "zhitong.launch.main", "up"],
        env={**installation.environment, "ZHITONG_PORT": str(taken), "ZHITONG_WEB_WORKERS": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    installation.visitors.append(started)
    assert started.stdout is not None
    said = ""
    while "直通已就绪" not in said:
        line = started.stdout.readline()
        assert line, f"it ended early: {said}"
        said += line

    (address,) = re.findall(r"http://127\.0\.0\.1:(\d+)/", said)
    answer = answered(int(address), "/")
    database = server.running_pid(installation.place)
    assert database is not None
    os.kill(database, signal.SIGKILL)
    wait_until(lambda: answered(int(address), "/readyz") == 200 and server.running_pid(installation.place) != database, seconds=60)
    started.send_signal(signal.SIGINT)

    assert f"端口 {taken} 已被占用，改用 {address}。" in said
    assert answer < 500
    assert "内置数据库意外停止，正在重新启动" in started.stdout.read()
    assert started.wait(timeout=20) == 0
    wait_until(lambda: processes_of(installation.state) == [], seconds=3)
    assert server.running_pid(installation.place) is None
