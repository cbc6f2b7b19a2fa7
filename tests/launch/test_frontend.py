"""Gathering the front-end files: all of them, none that needs another address, and a sentence when one is missing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from zhitong.launch import frontend

ROOT = Path(__file__).parents[2]
ICON = '<svg xmlns="http://www.w3.org/2000/svg" class="icon">\n  <path d="M1 2" />\n</svg>'
STYLE = """a{background:url("data:image/svg+xml,%3csvg xmlns='http://www.w3.org/2000/svg'/%3e") no-repeat}
/*# sourceMappingURL=tabler.min.css.map */
"""


@pytest.fixture
def modules(tmp_path: Path) -> Path:
    """A `node_modules` with every named file in it."""
    folder = tmp_path / "node_modules"
    for package, path, _ in frontend.FILES:
        _write(folder / package / path, STYLE if path.endswith(".css") else "run()\n//# sourceMappingURL=x.js.map")
    for name in frontend.ICONS:
        kind, file = ("filled", name.removesuffix("-filled")) if name.endswith("-filled") else ("outline", name)
        _write(folder / "@tabler" / "icons" / "icons" / kind / f"{file}.svg", ICON)
    return folder


def test_every_named_file_is_gathered(modules: Path, tmp_path: Path) -> None:
    written = frontend.gather(modules, tmp_path / "out")

    assert [path.name for path in written] == [name for _, _, name in frontend.FILES] + ["icons.svg"]
    assert all(path.is_file() for path in written)


def test_drawings_inside_style_sheets_become_files(modules: Path, tmp_path: Path) -> None:
    vendor = frontend.gather(modules, tmp_path)[0].parent

    style = (vendor / "tabler.min.css").read_text(encoding="utf-8")
    [drawing] = (vendor / "drawings").iterdir()
    assert style == f'a{{background:url("drawings/{drawing.name}") no-repeat}}'
    assert drawing.read_text(encoding="utf-8") == "<svg xmlns='http://www.w3.org/2000/svg'/>"


def test_source_maps_are_left_behind(modules: Path, tmp_path: Path) -> None:
    vendor = frontend.gather(modules, tmp_path)[0].parent

    assert (vendor / "tabler.min.js").read_text(encoding="utf-8") == "run()"


def test_an_icon_keeps_its_name_in_the_sheet(modules: Path, tmp_path: Path) -> None:
    sheet = frontend.gather(modules, tmp_path)[-1].read_text(encoding="utf-8")

    assert sheet.count("<symbol ") == len(frontend.ICONS)
    assert '<symbol id="home" viewBox="0 0 24 24" fill="none"' in sheet
    assert '<symbol id="square-filled" viewBox="0 0 24 24" fill="currentColor"><path d="M1 2" /></symbol>' in sheet


def test_what_was_dropped_from_the_tables_is_served_no_longer(modules: Path, tmp_path: Path) -> None:
    old = _write(tmp_path / "vendor" / "old.js", "old()")

    frontend.gather(modules, tmp_path)

    assert not old.exists()


def test_a_missing_file_is_named_with_the_next_step(
    modules: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (modules / "echarts" / "dist" / "echarts.min.js").unlink()

    code = frontend.main([str(modules), str(tmp_path)])

    assert code == 1
    assert "echarts.min.js" in capsys.readouterr().err


def test_every_package_gathered_is_locked() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))

    named = {package for package, _, _ in frontend.FILES} | {"@tabler/icons"}
    assert named == set(lock["packages"][""]["dependencies"])
    assert all("resolved" not in entry for entry in lock["packages"].values())
    assert all("integrity" in entry for name, entry in lock["packages"].items() if name)


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
