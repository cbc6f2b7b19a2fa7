"""Puts the collected front-end files into a wheel, so that an installation needs neither npm nor a checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

COLLECTED = Path("build") / "static"


class CollectedFiles(BuildHookInterface):  # type: ignore[type-arg]
    """Adds `build/static` as `zhitong/collected`; an editable installation reads it where it lies."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before a wheel is built; `version` tells a standard one from an editable one."""
        if version != "standard":
            return
        if not (Path(self.root) / COLLECTED / "staticfiles.json").is_file():
            raise FileNotFoundError("样式与脚本还没有收集；请用 make dist 构建。")
        build_data["force_include"][str(Path(self.root) / COLLECTED)] = "zhitong/collected"
