"""Which port the pages are served on: the wished one, or the next that is free; held for as long as we serve."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from zhitong.kit.trouble import Trouble

TRIED = 100
HIGHEST = 65535


class NoFreePort(Trouble):
    """The address cannot be listened on, or nothing is free near the wished port."""


@contextmanager
def held(host: str, wished: int) -> Iterator[int]:
    """The first free port from the wished one on, kept from others also while the web server restarts.

    The web server binds with SO_REUSEPORT, so two of them would share a port without a word; our own bound socket,
    which never listens, lets it in beside us and turns everyone away who asks for the port alone.
    Raises NoFreePort.
    """
    port = free(host, wished)
    with socket.socket(_family(host)) as kept:
        kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        kept.bind((host, port))
        yield port


def free(host: str, wished: int) -> int:
    """The first port from the wished one on that nobody has. Raises NoFreePort."""
    for port in range(wished, min(wished + TRIED, HIGHEST + 1)):
        try:
            socket.create_server((host, port), family=_family(host)).close()
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise NoFreePort(
                    f"不能在 {host}:{port} 上提供服务（{error.strerror}）；请改 ZHITONG_HOST 或 ZHITONG_PORT。"
                ) from error
        else:
            return port
    raise NoFreePort(f"从 {wished} 起的 {TRIED} 个端口都不可用；请用 ZHITONG_PORT 另选一个。")


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
