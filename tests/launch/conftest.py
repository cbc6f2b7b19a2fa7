"""An installation of its own for each test that starts and kills servers."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from zhitong.launch.embedded import place, server

# Enters the database, says so, and stays until the test opens the door.
VISITOR = """
import sys, time, pathlib, psycopg
from zhitong.config import database as config
from zhitong.launch import database
folder = pathlib.Path(sys.argv[1])
with database.running():
    with psycopg.connect(**config.parameters("web")) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("zhitong_web",)
        (folder / f"in.{sys.argv[2]}").touch()
        while not (folder / "door").exists():
            time.sleep(0.02)
"""
OUR_MODULES = os.pathsep.join(path for path in sys.path if Path(path).name in ("src", "site-packages"))


def wait_until(true: Callable[[], bool], seconds: float = 30.0) -> None:
    """Fail when something does not become true in time."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


class Installation:
    """A state folder with its own embedded server."""

    def __init__(self, folder: Path, uid: int | None = None, python: str = sys.executable) -> None:
        self.folder = folder
        self.python = python
        self.state = folder / "state"
        self.uid = uid
        self.visitors: list[subprocess.Popen[str]] = []

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ZHITONG_")}
        ours = {"ZHITONG_STATE_DIR": str(self.state), "ZHITONG_DEMONSTRATION": "off"}
        return {**kept, **ours, "PYTHONPATH": OUR_MODULES, "PYTHONDONTWRITEBYTECODE": "1"}

    def visit(self, number: int) -> subprocess.Popen[str]:
        visitor = subprocess.Popen(
            [self.python, "-c", VISITOR, str(self.folder), str(number)],
            env=self.environment,
            cwd="/",
            stderr=subprocess.PIPE,
            text=True,
            user=self.uid,
            extra_groups=None if self.uid is None else [],
        )
        self.visitors.append(visitor)
        return visitor

    def are_in(self, *numbers: int) -> bool:
        return all((self.folder / f"in.{number}").exists() for number in numbers)

    def open_door(self) -> None:
        (self.folder / "door").touch()

    def shut_door(self) -> None:
        (self.folder / "door").unlink()

    @property
    def place(self) -> place.Place:
        """Where its server lives, found without touching anything."""
        if (self.state / "postgres").exists():
            root = self.state / "postgres"
        else:
            root = place.ROOTS_BASE / (self.state / "installation").read_text() / "server"
        return place.Place(root=root, socket=root / "socket", user=None)

    def told(self, words: str) -> int:
        """How often the server's own log says so."""
        return self.place.log.read_text().count(words)

    def clear(self) -> None:
        for visitor in self.visitors:
            visitor.kill()
            visitor.communicate()
        if not self.state.exists():
            return
        pid = server.running_pid(self.place)
        if pid:
            os.kill(pid, signal.SIGQUIT)
            wait_until(lambda: server.running_pid(self.place) is None)
        if self.place.root.parent.parent == place.ROOTS_BASE:
            shutil.rmtree(self.place.root.parent)


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    made = Installation(tmp_path)
    yield made
    made.clear()


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may pass through, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="zhitong-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)
