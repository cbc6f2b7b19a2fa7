"""What one process needs of the machine to keep thousands of streams open."""

from __future__ import annotations

import os
import resource
import socket
import sys
from contextlib import suppress
from pathlib import Path

SPARE_FILES = 200
"""Open files that the process needs beside its streams: connections, libraries, the log."""
GIVEN_UP_AFTER_SECONDS = 60
"""A connection whose other side takes nothing for so long is closed by the kernel itself."""


def make_ready() -> int:
    """Raise the limit of open files as far as this user may, and bound silence; returns how many streams there is room for."""
    give_up_silent_connections()
    return max(1, raise_open_files() - SPARE_FILES)


def raise_open_files() -> int:
    """Ask for all the open files that this user may have; returns how many that is."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return sys.maxsize if soft == resource.RLIM_INFINITY else soft


def give_up_silent_connections() -> None:
    """Give the sockets we listen on a limit that what they accept inherits (Linux): bytes that nobody takes end it.

    The server has no such limit of its own, and a connection that was let go would otherwise stay until its other side goes.
    """
    option = getattr(socket, "TCP_USER_TIMEOUT", None)
    if option is None:
        return
    for descriptor in _open_sockets():
        with suppress(OSError), socket.socket(fileno=os.dup(descriptor)) as one:
            if one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                one.setsockopt(socket.IPPROTO_TCP, option, GIVEN_UP_AFTER_SECONDS * 1000)


def _open_sockets() -> list[int]:
    found = []
    for path in Path("/proc/self/fd").glob("*"):
        with suppress(OSError):
            if path.is_socket():
                found.append(int(path.name))
    return found
