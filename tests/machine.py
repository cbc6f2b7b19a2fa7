"""What tests need of the machine, and when going without it is a failure.

Tests marked `browser` need Chromium and Chinese type. `make test` installs both as root on Debian; there, and in
continuous integration, a machine without them fails those tests. Elsewhere they are skipped and the last lines say so.
"""

from __future__ import annotations

import gc
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

hypothesis_settings.register_profile("every_day", max_examples=40, derandomize=True, deadline=None, database=None)
hypothesis_settings.register_profile("prove", max_examples=1000, deadline=None)
hypothesis_settings.load_profile("every_day")


def chromium() -> str | None:
    """The path of the machine's Chromium, for Playwright's `executable_path`."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def must_have_browser() -> bool:
    """In continuous integration and as root on Debian, where `make test` installs it."""
    return bool(os.environ.get("CI")) or (os.geteuid() == 0 and Path("/etc/debian_version").exists())


def pytest_collection_finish() -> None:
    """What was collected stays to the end: the collector of garbage need not look through it again and again."""
    gc.collect()
    gc.freeze()


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") is None or chromium() is not None:
        return
    if must_have_browser():
        pytest.fail(
            "没有 Chromium；请先运行 make test 的准备步骤（以 root 安装 chromium 与 fonts-noto-cjk）。", pytrace=False
        )
    pytest.skip("没有 Chromium")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [report for report in terminalreporter.getreports("skipped") if "browser" in report.keywords]
    if skipped:
        message = f"{len(skipped)} 个浏览器测试没有运行：本机没有 Chromium。请安装 chromium 与 fonts-noto-cjk 后再试。"
        terminalreporter.write_line(message, red=True, bold=True)
