"""Where the embedded server keeps its data, socket and log, and which user it runs as.

An ordinary user's server lives in the state folder. PostgreSQL refuses to run as root, and an unprivileged user
may not reach a state folder below root's home; so root's server has a place of its own under /var/lib/zhitong,
one per installation. No permission of a folder that was there before is ever changed.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path

from zhitong.config import state
from zhitong.kit.trouble import Trouble

ROOTS_BASE = Path("/var/lib/zhitong")
UNPRIVILEGED = ("postgres", "nobody")
PORT = 5432  # names the socket file only; nothing listens on the network
LONGEST_SOCKET_PATH = 107


class NoPlaceForServer(Trouble):
    """No folder could be made in which the server may keep its data or its socket."""


@dataclass(frozen=True)
class ServerUser:
    """The unprivileged user the server runs as when we are root."""

    uid: int
    gid: int


@dataclass(frozen=True)
class Place:
    """The folders of one server; all of them belong to the user it runs as."""

    root: Path
    socket: Path
    user: ServerUser | None

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def log(self) -> Path:
        return self.root / "server.log"


def settle() -> Place:
    """The place of this installation's server, made when it is not there. The caller holds the gate.

    Raises NoPlaceForServer: a folder cannot be made, or somebody else's stands in its way.
    """
    folder = state.folder().resolve()
    try:
        return _for_root(folder) if os.geteuid() == 0 else _in_state_folder(folder, None)
    except OSError as error:
        raise NoPlaceForServer(
            f"内置数据库的文件夹建不了（{error.filename}：{error.strerror}）；"
            "请检查磁盘与权限，或用 ZHITONG_STATE_DIR 指定一个可写的位置。"
        ) from error


def _for_root(folder: Path) -> Place:
    inside = folder / "postgres" / "data"
    if inside.exists():  # an ordinary user began here; root carries on as that user
        owner = inside.stat()
        return _in_state_folder(folder, ServerUser(owner.st_uid, owner.st_gid))
    home = _home_of_root(folder)
    root = home / "server"
    user = _user_of(root)
    _make(ROOTS_BASE, 0o755)
    _make(home, 0o755)
    (home / "state-folder").write_text(str(folder), encoding="utf-8")
    _make(root, 0o700, user)
    _make(root / "socket", 0o700, user)
    return Place(root=root, socket=root / "socket", user=user)


def _home_of_root(folder: Path) -> Path:
    """The installation's own folder; it follows a moved state folder, and a copied one gets a new one."""
    identity = folder / "installation"
    home = ROOTS_BASE / state.read_or_make(identity, lambda: secrets.token_hex(6))
    if owner_of(home) not in (None, folder):
        state.write_private(identity, secrets.token_hex(6))
        home = ROOTS_BASE / identity.read_text(encoding="utf-8")
    return home


def owner_of(home: Path) -> Path | None:
    """The state folder that still counts on a place under ROOTS_BASE; None when nobody does any more."""
    try:
        folder = Path((home / "state-folder").read_text(encoding="utf-8"))
        claimed = (folder / "installation").read_text(encoding="utf-8")
    except OSError:
        return None
    return folder if claimed == home.name else None


def _user_of(root: Path) -> ServerUser:
    if root.exists():
        owner = root.stat()
        return ServerUser(owner.st_uid, owner.st_gid)
    for name in UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return ServerUser(entry.pw_uid, entry.pw_gid)
    raise NoPlaceForServer(
        "以 root 启动内置数据库需要一个普通用户（postgres 或 nobody），系统里都没有；请先建一个 postgres 用户。"
    )


def _in_state_folder(folder: Path, user: ServerUser | None) -> Place:
    root = folder / "postgres"
    socket = root / "socket"
    _make(root, 0o700, user)
    if len(os.fsencode(socket / f".s.PGSQL.{PORT}")) > LONGEST_SOCKET_PATH:
        uid = user.uid if user else os.geteuid()
        digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
        socket = Path(tempfile.gettempdir()) / f"zhitong-{uid}-{digest}"
    _make(socket, 0o700, user)
    return Place(root=root, socket=socket, user=user)


def _make(path: Path, mode: int, user: ServerUser | None = None) -> None:
    """Make a folder; one that is there must be a real folder of the right owner, and stays as it is."""
    owner = user.uid if user else os.geteuid()
    try:
        path.mkdir(mode=mode)
    except FileExistsError:
        found = path.lstat()
        if not path.is_dir() or path.is_symlink() or found.st_uid != owner:
            raise NoPlaceForServer(f"{path} 已被占用，且不属于数据库用户；请移走它再试。") from None
        return
    path.chmod(mode)
    if user:
        os.chown(path, user.uid, user.gid)
