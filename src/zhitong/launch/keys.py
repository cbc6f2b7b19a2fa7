"""`zhitong keys`: under which keys sealed columns stand, a new key, and sealing anew what stands under older ones.

`status` also opens the newest values of every column, so that a lost or wrong key is named before anybody needs it.
`rotate` may be cut off at any moment and goes on where it was. After an upgrade from a release that did not seal it is what
begins sealing: until then processes of that release may still be reading (docs/decisions/0054).
"""

from __future__ import annotations

import argparse
import sys

from django.conf import settings

from zhitong.config import environment, state
from zhitong.kit import progress
from zhitong.kit.sealing.ring import Cipher, new_key, read_ring, ring, seals_now
from zhitong.kit.sealing.stored import Sealed, counts_of, opens, seal_again, sealed_columns
from zhitong.kit.trouble import Trouble

TRIED = 200
_RELEASE = "升级后，全部进程都换成新版本时，运行 zhitong keys rotate 开始加密；用 ZHITONG_SEALING=ready 的，先去掉它。"


class SealingHeld(Trouble):
    """The setting holds sealing: there is nothing that a command could seal."""


class KeysNotHere(Trouble):
    """The keys are given by the environment, where no command can add one."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and the cipher of a new key."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="status | new | rotate")
    verbs.add_parser("status", help="各加密列各用哪个密钥、有多少项，并试读最新的内容")
    new = verbs.add_parser("new", help="在密钥文件里加一个新密钥，以后用它加密；旧密钥仍保留用于读取")
    new.add_argument("--cipher", choices=[one.value for one in Cipher], help="算法；不写则按 ZHITONG_DATA_CIPHER")
    verbs.add_parser("rotate", help="把未加密的和用旧密钥加密的内容全部改用现在的密钥，可随时中断，再次运行即继续")


def run(arguments: argparse.Namespace) -> int:
    """0 when all can be opened or all was done, 1 when something cannot be opened."""
    if arguments.verb == "new":
        return _new(arguments.cipher)
    return _rotate() if arguments.verb == "rotate" else _status()


def _status() -> int:
    current, wrong = ring().sealing, 0
    if not seals_now():
        print(f"新写入的内容现在不加密：{_RELEASE}")
    print(f"现在用密钥 {current.id}（{Cipher(current.cipher).label}）加密；密钥共 {len(ring().opening)} 个。")
    for column in sealed_columns():
        counts = counts_of(column)
        print(f"{column.name}：{'，'.join(_said(key, count) for key, count in counts.items()) or '没有内容'}")
        for missing in counts.keys() - {"", *ring().opening}:
            wrong += 1
            print(f"  缺少密钥 {missing}，{counts[missing]} 项读不出来。请把原来的密钥放回密钥文件。", file=sys.stderr)
        wrong += _tried(column)
    return 1 if wrong else 0


def _tried(column: Sealed) -> int:
    try:
        for _row in opens(column, TRIED):
            pass
    except Trouble as trouble:
        print(f"  {trouble}", file=sys.stderr)
        return 1
    return 0


def _said(key: str, count: int) -> str:
    return f"密钥 {key} {count} 项" if key else f"未加密 {count} 项"


def _new(cipher: str | None) -> int:
    """Put a new key first in the file; what has started before reads it when it starts again.

    Raises KeysNotHere: the keys stand in the environment.
    """
    if environment.text("ZHITONG_DATA_KEYS"):
        raise KeysNotHere("密钥由 ZHITONG_DATA_KEYS 给出，请在那里加上新密钥并放在最前，重启以后再运行 zhitong keys rotate。")
    text = settings.DATA_KEYS
    numbers = [int(one[1:]) for one in read_ring(text).opening if one[1:].isdigit()]
    line = new_key(cipher or environment.text("ZHITONG_DATA_CIPHER"), f"k{max(numbers, default=0) + 1}")
    state.write_private(state.data_keys_file(), f"{line}\n{text.strip()}\n")
    print(f"已加上密钥 {line.partition(':')[0]}。请备份密钥文件，重启全部服务，再运行 zhitong keys rotate。")
    return 0


def _rotate() -> int:
    """Begin sealing where it is held, then seal anew. Raises SealingHeld: the setting holds it."""
    if settings.SEALING == "ready":
        raise SealingHeld("ZHITONG_SEALING=ready，现在不加密。全部机器都换成新版本后，去掉这项设置并重启，再运行 zhitong keys rotate。")
    if not seals_now():
        settings.SEALING_HELD.unlink(missing_ok=True)
        print("从现在起加密新写入的内容。")
    for column in sealed_columns():
        done = 0
        with progress.step(column.name):
            while written := seal_again(column):
                done += written
        left = sum(count for key, count in counts_of(column).items() if key != ring().sealing.id)
        print(f"{column.name}：改用密钥 {ring().sealing.id} 的 {done} 项" + (f"，还有 {left} 项正被使用，请稍后再运行一次" if left else ""))
    return 0
