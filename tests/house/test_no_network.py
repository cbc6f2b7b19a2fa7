"""The guard against the network catches what tests must not do and lets through what they need."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.no_network import NetworkUsed


@pytest.mark.parametrize("host", ["192.0.2.1", "198.51.100.7", "10.0.0.1"])
def test_another_machine_is_never_reached(host: str) -> None:
    with socket.socket() as line, pytest.raises(NetworkUsed, match=host):
        line.connect((host, 80))


def test_another_name_is_never_asked_for() -> None:
    with pytest.raises(NetworkUsed, match=r"zhitong\.example"):
        socket.getaddrinfo("zhitong.example", 443)


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as line:
        assert line.getpeername() == server.getsockname()


def test_a_unix_socket_can_be_reached(tmp_path: Path) -> None:
    path = str(tmp_path / "line")
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as line:
        server.bind(path)
        server.listen()

        line.connect(path)

        assert line.getpeername() == path
