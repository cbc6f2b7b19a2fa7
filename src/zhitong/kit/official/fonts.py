"""Which of this machine's fonts stand for the faces of the standard: the official ones where installed, else free ones."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import typst

from zhitong.kit.official.measures import LATIN, Face
from zhitong.kit.refusals import Refused

_SONGS = ("Noto Serif CJK SC", "Source Han Serif SC", "AR PL UMing CN")
_FACES: dict[Face, tuple[str, ...]] = {
    Face.TITLE: ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "FZXiaoBiaoSong-B05", "方正小标宋_GBK"),
    Face.BODY: ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong", "FandolFang", "FandolFang R"),
    Face.BLACK: ("SimHei", "黑体", "STHeiti", "Noto Sans CJK SC", "Source Han Sans SC", "FandolHei", "WenQuanYi Zen Hei"),
    Face.KAI: ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "STKaiti", "FandolKai", "AR PL UKai CN"),
    Face.SONG: ("SimSun", "宋体", "STSong", "FandolSong"),
}
_LATIN = (LATIN, "Liberation Serif", "Tinos")


class NoChineseFont(Refused):
    """The machine has no Chinese font, so a PDF would be empty squares."""

    def __init__(self) -> None:
        super().__init__(
            "这台服务器上没有中文字体，不能生成PDF。请管理员安装后重新启动服务（Debian、Ubuntu：apt install fonts-noto-cjk），"
            "也可以先下载Word文件。"
        )


@dataclass(frozen=True, slots=True)
class Chosen:
    """The fonts for one face in the order they are asked, Latin letters first, and the weight they are set in."""

    latin: tuple[str, ...]
    chinese: tuple[str, ...]
    weight: str = "regular"


@cache
def installed() -> typst.Fonts:
    """The fonts of this machine; looked for once per process."""
    return typst.Fonts()


def chosen_from(families: frozenset[str]) -> dict[Face, Chosen]:
    """The fonts for each face among those installed; a title in a book face is set bold, as its own face is heavier.

    Raises NoChineseFont: none of them has Chinese signs.
    """
    songs = tuple(name for name in (*_SONGS, *_FACES[Face.BLACK], *_FACES[Face.BODY]) if name in families)[:1]
    if not songs:
        raise NoChineseFont
    latin = tuple(name for name in _LATIN if name in families)[:1]
    return {face: _chosen(face, families, latin, songs) for face in Face}


def _chosen(face: Face, families: frozenset[str], latin: tuple[str, ...], songs: tuple[str, ...]) -> Chosen:
    own = tuple(name for name in _FACES[face] if name in families)[:1]
    weight = "bold" if face is Face.TITLE and not own else "regular"
    return Chosen(() if face is Face.SONG else latin, tuple(dict.fromkeys((*own, *songs))), weight)
