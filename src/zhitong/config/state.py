"""The state folder: what an installation keeps for itself, readable by its own user alone."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from zhitong.config import environment
from zhitong.kit.sealing.ring import Cipher, new_ring
from zhitong.kit.trouble import Trouble

PACKAGE = Path(__file__).resolve().parent.parent
BUILD = PACKAGE.parent.parent / "build"


class StateFolderUnusable(Trouble):
    """The state folder cannot be made or written by this user."""


def folder() -> Path:
    """The state folder as an absolute path; made with mode 0700 when it is not there.

    Raises StateFolderUnusable: it cannot be made, or belongs to somebody else.
    """
    path = location()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StateFolderUnusable(
            f"状态文件夹 {path} 建不了（{error.strerror}）；请用 ZHITONG_STATE_DIR 指定一个可写的位置。"
        ) from error
    if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
        raise StateFolderUnusable(
            f"当前用户不能使用状态文件夹 {path}；请换回原来的用户，或用 ZHITONG_STATE_DIR 另指定一个位置。"
        )
    return path


def location() -> Path:
    """Where the state folder is or would be: the setting, the checkout, or the user's own state folder."""
    chosen = environment.text("ZHITONG_STATE_DIR")
    if chosen:
        return Path(chosen).expanduser().absolute()
    checkout = PACKAGE.parent.parent
    if (checkout / "pyproject.toml").is_file():
        return checkout / ".zhitong"
    return Path.home() / ".local" / "state" / "zhitong"


def is_packed() -> bool:
    """Whether this code was installed from a wheel that carries its front-end files."""
    return (PACKAGE / "collected").is_dir()


def collected_files() -> Path:
    """The folder of front-end files with hashed names: inside the wheel, or what `make install` gathered."""
    return PACKAGE / "collected" if is_packed() else BUILD / "static"


def write_private(path: Path, text: str) -> None:
    """Put text in a file of mode 0600; readers see the old text or the new, never a part."""
    draft = _draft(path, text)
    os.replace(draft, path)


def read_or_make(path: Path, make: Callable[[], str]) -> str:
    """The text of a private file, made on first use; of many who make it at once, all get the same."""
    if not path.exists():
        draft = _draft(path, make())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="utf-8")


def give_to_folder_owner(descriptor: int, parent: Path) -> None:
    """What root writes into a user's state folder still belongs to that user."""
    if os.geteuid() == 0:
        owner = parent.stat()
        os.fchown(descriptor, owner.st_uid, owner.st_gid)


def secret_key() -> str:
    """The signing key: the setting, or one generated for this installation."""
    chosen = environment.text("ZHITONG_SECRET_KEY")
    return chosen or read_or_make(folder() / "secret_key", lambda: secrets.token_urlsafe(48))


def data_keys_file() -> Path:
    """The file of the keys of sealed columns: the setting, or the one in the state folder."""
    chosen = environment.text("ZHITONG_DATA_KEYS_FILE")
    return Path(chosen).expanduser().absolute() if chosen else folder() / "data_keys"


def data_keys() -> str:
    """The keys of sealed columns: the setting, the file it names, or one made for this installation.

    Raises StateFolderUnusable: the file that the setting names cannot be read.
    """
    if chosen := environment.text("ZHITONG_DATA_KEYS"):
        return chosen
    path = data_keys_file()
    if not environment.text("ZHITONG_DATA_KEYS_FILE"):
        cipher = environment.one_of("ZHITONG_DATA_CIPHER", tuple(one.value for one in Cipher))
        return read_or_make(path, lambda: new_ring(cipher))
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise StateFolderUnusable(
            f"ZHITONG_DATA_KEYS_FILE 指定的密钥文件 {path} 读不了（{error.strerror}）；请放好文件并只让本用户可读。"
        ) from error


def sealing_held_file() -> Path:
    """The file that is there while new values stand unsealed: an upgrade leaves it, `zhitong keys rotate` takes it away."""
    return folder() / "sealing_held"


def _draft(path: Path, text: str) -> Path:
    draft = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    give_to_folder_owner(descriptor, path.parent)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return draft
