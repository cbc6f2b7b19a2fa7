"""Checks of the machine: Python, the state folder, settings, disk, clock, front-end files, places nobody uses."""

from __future__ import annotations

import os
import resource
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from zhitong.config import environment, state
from zhitong.kit.trouble import Trouble
from zhitong.launch.doctor import Check, Verdict
from zhitong.launch.embedded import place

OLDEST_PYTHON = (3, 11)
RELEASED_ON = datetime(2026, 11, 1, tzinfo=UTC)  # no honest clock is behind this
SCARCE_BYTES, TOO_SCARCE_BYTES = 2 * 1024**3, 300 * 1024**2
SHORTEST_KEY = 40
FEW_FILES = 4096


def checks() -> Iterator[Check]:
    """Everything that can be seen without a database."""
    yield _python()
    yield _settings()
    yield _state_folder()
    yield _disk()
    yield _open_files()
    yield _clock()
    yield _front_end_files()
    yield from _unused_places()


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] < OLDEST_PYTHON:
        return Check(
            "Python", Verdict.FAIL, f"版本是 {version}，太旧。", "请安装 Python 3.11 或更新版本，再 make install。"
        )
    return Check("Python", Verdict.OK, f"版本是 {version}。")


def _settings() -> Check:
    name = "环境变量"
    try:
        environment.role()
        for number in ("ZHITONG_PORT", "ZHITONG_WEB_WORKERS", "ZHITONG_LIVE_PORT"):
            if environment.text(number):
                environment.number(number)
        debugs, is_https = environment.switch("ZHITONG_DEBUG"), environment.switch("ZHITONG_HTTPS")
    except Trouble as trouble:
        return Check(name, Verdict.FAIL, str(trouble))
    known = {setting.name for setting in environment.SETTINGS}
    unknown = sorted(each for each in os.environ if each.startswith("ZHITONG_") and each not in known)
    if unknown:
        return Check(name, Verdict.WARN, f"{'、'.join(unknown)} 不是本系统的设置。", "请核对拼写。")
    if debugs:
        return Check(name, Verdict.WARN, "调试页面已打开，会显示内部信息。", "正式使用前请去掉 ZHITONG_DEBUG。")
    key = environment.text("ZHITONG_SECRET_KEY")
    if key and len(key) < SHORTEST_KEY:
        return Check(
            name, Verdict.FAIL, f"签名密钥不足 {SHORTEST_KEY} 个字符。", "请换一个随机的长密钥，或不填由系统生成。"
        )
    if environment.text("ZHITONG_HOST") not in ("127.0.0.1", "localhost", "::1") and not is_https:
        return Check(
            name,
            Verdict.WARN,
            "网页服务对外开放，但没有使用 HTTPS。",
            "请在前面加 HTTPS 反向代理并设 ZHITONG_HTTPS=1。",
        )
    if is_https and not environment.text("ZHITONG_LIVE_URL"):
        return Check(
            name, Verdict.WARN, "经 HTTPS 访问，但没有给出实时通知的地址，页面不会自动更新。",
            "请在反向代理上把一个路径转到实时通知的端口，并设 ZHITONG_LIVE_URL=https://域名/路径。",
        )
    return Check(name, Verdict.OK, "没有问题。")


def _open_files() -> Check:
    """Each page that follows keeps one file open in the process of streams, which raises its limit to the hard one."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    sentence = f"实时通知最多可同时打开 {hard} 个文件。" if hard != resource.RLIM_INFINITY else "可同时打开的文件数没有上限。"
    if 0 <= hard < FEW_FILES:
        return Check(
            "同时打开的文件", Verdict.WARN, sentence, f"每个打开的页面占一个；请把上限（ulimit -Hn）提高到 {FEW_FILES} 以上。"
        )
    return Check("同时打开的文件", Verdict.OK, sentence)


def _state_folder() -> Check:
    name = "状态文件夹"
    try:
        folder = state.folder()
    except Trouble as trouble:
        return Check(name, Verdict.FAIL, str(trouble))
    readable = [path.name for path in folder.iterdir() if path.is_file() and path.stat().st_mode & 0o077]
    if readable:
        return Check(
            name,
            Verdict.FAIL,
            f"{folder} 里的 {'、'.join(sorted(readable))} 别人也能读。",
            f"请运行 chmod 600 {folder}/*",
        )
    if folder.stat().st_mode & 0o077:
        return Check(name, Verdict.WARN, f"{folder} 别人也能进入，里面的文件不能读。", f"请运行 chmod 700 {folder}")
    return Check(name, Verdict.OK, f"{folder}，只有本用户可读。")


def _disk() -> Check:
    kept_in = {state.location().parent, place.ROOTS_BASE} if os.geteuid() == 0 else {state.location().parent}
    free, where = min((shutil.disk_usage(path).free, path) for path in kept_in if path.exists())
    sentence = f"{where} 所在磁盘还有 {free / 1024**3:.1f} GB。"
    if free < TOO_SCARCE_BYTES:
        return Check("磁盘空间", Verdict.FAIL, sentence, "数据库随时可能停止写入，请立即清理磁盘。")
    if free < SCARCE_BYTES:
        return Check("磁盘空间", Verdict.WARN, sentence, "请清理或扩充磁盘。")
    return Check("磁盘空间", Verdict.OK, sentence)


def _clock() -> Check:
    now = datetime.now(UTC)
    if now < RELEASED_ON:
        return Check(
            "系统时钟",
            Verdict.FAIL,
            f"时钟显示 {now:%Y-%m-%d}，早于本版本发布日期。",
            "请校准系统时间，时限都按它计算。",
        )
    return Check("系统时钟", Verdict.OK, f"世界时 {now:%Y-%m-%d %H:%M:%S}。")


def _front_end_files() -> Check:
    manifest = state.collected_files() / "staticfiles.json"
    if manifest.is_file():
        return Check("页面文件", Verdict.OK, "样式与脚本已就位。")
    return Check("页面文件", Verdict.FAIL, "样式与脚本还没有收集，页面会没有样式。", "请运行 make install。")


def _unused_places() -> Iterator[Check]:
    """Root's servers whose state folder is gone: nobody will start them again."""
    unused = [home for home in _homes() if place.owner_of(home) is None]
    if unused:
        paths = " ".join(map(str, unused))
        yield Check(
            "不再使用的数据库", Verdict.WARN, f"{paths} 的状态文件夹已不存在。", f"确认不再需要后可删除：rm -r {paths}"
        )


def _homes() -> list[Path]:
    if os.geteuid() != 0 or not place.ROOTS_BASE.is_dir():
        return []
    return sorted(home for home in place.ROOTS_BASE.iterdir() if (home / "state-folder").is_file())
