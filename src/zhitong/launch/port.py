"""Which port the pages are served on: the wished one, or the next that is free."""

from __future__ import annotations

import errno
import socket

from zhitong.kit.trouble import Trouble

TRIED = 100
HIGHEST = 65535


class NoFreePort(Trouble):
    """The address cannot be listened on, or nothing is free near the wished port."""


def free(host: str, wished: int) -> int:
    """The first free port from the wished one on. Raises NoFreePort."""
    for port in range(wished, min(wished + TRIED, HIGHEST + 1)):
        try:
            with _listening(host, port):
                return port
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise NoFreePort(
                    f"不能在 {host}:{port} 上提供服务（{error.strerror}）；请改 ZHITONG_HOST 或 ZHITONG_PORT。"
                ) from error
    raise NoFreePort(f"从 {wished} 起的 {TRIED} 个端口都不可用；请用 ZHITONG_PORT 另选一个。")


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family)
