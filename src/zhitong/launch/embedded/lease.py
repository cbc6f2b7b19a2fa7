"""Lets many commands share one server: the first starts it, the last one out stops it.

Two lock files. Whoever comes or goes passes the *gate* (exclusive, held for the moment of coming or going). Whoever
is inside holds *users* shared for life; the kernel lets go of it even after kill -9. The one who goes, finds the gate
his own and can have *users* to himself is the last, and stops the server before he opens the gate; a newcomer waits
there and then starts it anew. A server left running because its last user was killed is used by the next command.
"""

from __future__ import annotations

import fcntl
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from zhitong.config import state
from zhitong.kit import progress
from zhitong.kit.trouble import Trouble
from zhitong.launch.embedded import place as places
from zhitong.launch.embedded import server
from zhitong.launch.embedded.place import Place


class ServerInUse(Trouble):
    """Other commands are at work with the server."""


@contextmanager
def lease(prepare: Callable[[Place], None]) -> Iterator[Place]:
    """Hold the server for the length of a block; `prepare` is called at the gate while the server runs."""
    users = _open(state.folder() / "server.users")
    try:
        with at_the_gate() as gate:
            place = places.settle()
            fcntl.flock(users, fcntl.LOCK_SH)
            try:
                server.start(place, gate)
                prepare(place)
            except BaseException:
                _stop_if_last(place, users, gate)
                raise
        try:
            yield place
        finally:
            with _undisturbed(), at_the_gate() as gate:
                _stop_if_last(place, users, gate)
    finally:
        os.close(users)


@contextmanager
def alone() -> Iterator[tuple[Place, int]]:
    """Keep everybody out: at the gate, with nobody inside and no server running, before and afterwards.

    Raises ServerInUse: somebody is inside.
    """
    users = _open(state.folder() / "server.users")
    try:
        with at_the_gate() as gate:
            place = places.settle()
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise ServerInUse("还有程序在用内置数据库，没有改动；请先停止 zhitong up 和其他命令再试。") from error
            server.stop(place, gate)
            try:
                yield place, gate
            finally:
                server.stop(place, gate)
    finally:
        os.close(users)


def _stop_if_last(place: Place, users: int, gate: int) -> None:
    """Give up our share; if nobody else has one, stop the server. The gate keeps newcomers out meanwhile."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    server.stop(place, gate)


@contextmanager
def at_the_gate() -> Iterator[int]:
    """One command of this state folder at a time: for starting, stopping and preparing."""
    descriptor = _open(state.folder() / "server.gate")
    try:
        with progress.step("等待另一条命令启停数据库"):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)


def _open(path: Path) -> int:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    state.give_to_folder_owner(descriptor, path.parent)
    return descriptor


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep a second Ctrl-C from leaving a server behind."""
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)
