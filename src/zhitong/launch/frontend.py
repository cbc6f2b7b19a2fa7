"""Gather the front-end files that pages use out of `node_modules` into one folder of static files.

The tables below are the whole list: what is not named here is not served. Files keep their names; hashing is
left to Django's `collectstatic`. Nothing gathered needs an address other than our own: drawings that style sheets
carry as `data:` become files, so that pages can keep `Content-Security-Policy: default-src 'self'`, and references to
source maps are dropped because the maps stay behind.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import sys
from pathlib import Path
from urllib.parse import unquote_to_bytes

from zhitong.launch.app_icons import draw_icons

FILES = (
    # package, file inside it, name under vendor/
    ("@tabler/core", "dist/css/tabler.min.css", "tabler.min.css"),
    ("@tabler/core", "dist/css/tabler-vendors.min.css", "tabler-vendors.min.css"),
    ("@tabler/core", "dist/js/tabler.min.js", "tabler.min.js"),
    ("echarts", "dist/echarts.min.js", "echarts.min.js"),
    ("tom-select", "dist/css/tom-select.bootstrap5.min.css", "tom-select.min.css"),
    ("tom-select", "dist/js/tom-select.complete.min.js", "tom-select.min.js"),
)

# Tabler's outline icons by their own names; a page draws one with <use href="…/vendor/icons.svg#home">.
ICONS = tuple(
    """
    alert-triangle arrow-back-up arrow-down arrow-left arrow-right arrow-up arrows-split award ban bell bolt
    book bookmark briefcase building building-bank building-community building-factory calendar calendar-due
    calendar-event chart-bar chart-dots chart-line check checks chevron-down chevron-left chevron-right
    chevron-up circle circle-check clipboard-check clipboard-list clock clock-pause clock-play columns copy database-export device-tv
    corner-up-left corner-up-right dots dots-vertical download edit external-link eye eye-off file
    file-description file-export file-import file-text filter flag flame folder forms git-merge help help-circle
    history home hourglass inbox info-circle key layout-dashboard layout-list link list list-check list-details lock login
    logout mail map map-pin menu-2 message message-2 message-report microphone minus moon news notes paperclip pencil phone
    player-pause player-play plus printer qrcode refresh report report-analytics rotate route search select send
    settings share shield shield-check signature sitemap sort-ascending sort-descending speakerphone square-filled stack-2
    star sum sun tag target target-arrow text-size thumb-down thumb-up timeline transfer trash trending-up triangle-filled trophy
    upload user user-check user-circle user-plus users users-group wand world x
    """.split()
)

_SOURCE_MAP = re.compile(rb"\n?(?://|/\*)# sourceMappingURL=[^\s*]+(?:\s*\*/)?\s*$")
_DRAWING = re.compile(rb"""url\((["']?)data:image/svg\+xml(?:;charset=utf-?8)?,(.*?)\1\)""", re.IGNORECASE)

_OUTLINE = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'


class FileMissing(Exception):
    """A file named in the tables is not in `node_modules`."""

    def __init__(self, package: str, path: Path) -> None:
        super().__init__(
            f"前端文件缺失：{package} 中没有 {path}。请先运行 npm ci --ignore-scripts；"
            f"如果刚升级过 {package}，请同步修改 zhitong/launch/frontend.py 中的清单。"
        )


def gather(modules: Path, target: Path) -> list[Path]:
    """Write every named file and the sheet of icons below `target/vendor`; the files written, in table order.

    Raises FileMissing: a package was not installed or no longer carries a file.
    """
    vendor = target / "vendor"
    shutil.rmtree(vendor, ignore_errors=True)  # what was dropped from the tables is not served any longer
    vendor.mkdir(parents=True)
    written = [_bring(modules, vendor, *row) for row in FILES]
    sheet = vendor / "icons.svg"
    sheet.write_text(icon_sheet(modules / "@tabler" / "icons"), encoding="utf-8")
    return [*written, sheet]


def icon_sheet(package: Path) -> str:
    """One SVG with a `<symbol>` per icon, for `<use>`."""
    symbols = "".join(_symbol(package, name) for name in ICONS)
    return f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>\n'


def _bring(modules: Path, vendor: Path, package: str, path: str, name: str) -> Path:
    content = _SOURCE_MAP.sub(b"", _read(package, modules / package / path))
    if name.endswith(".css"):
        content = _DRAWING.sub(lambda found: _as_file(found[2], vendor), content)
    target = vendor / name
    target.write_bytes(content)
    return target


def _as_file(encoded: bytes, vendor: Path) -> bytes:
    drawing = unquote_to_bytes(encoded)
    path = vendor / "drawings" / f"{hashlib.sha256(drawing).hexdigest()[:12]}.svg"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(drawing)
    return f'url("{path.relative_to(vendor)}")'.encode()


def _symbol(package: Path, name: str) -> str:
    kind, file = ("filled", name.removesuffix("-filled")) if name.endswith("-filled") else ("outline", name)
    drawing = _read("@tabler/icons", package / "icons" / kind / f"{file}.svg").decode()
    body = "".join(line.strip() for line in drawing[drawing.index(">") + 1 : drawing.rindex("</svg>")].splitlines())
    paint = 'fill="currentColor"' if kind == "filled" else _OUTLINE
    return f'<symbol id="{name}" viewBox="0 0 24 24" {paint}>{body}</symbol>'


def _read(package: str, path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise FileMissing(package, path) from None


def main(arguments: list[str]) -> int:
    """`python -m zhitong.launch.frontend MODULES TARGET`, as the Makefile calls it."""
    modules, target = map(Path, arguments)
    try:
        written = [*gather(modules, target), *draw_icons(target / "app")]
    except FileMissing as missing:
        print(missing, file=sys.stderr)
        return 1
    print(f"前端文件已就位：{len(written)} 个，图标 {len(ICONS)} 个。")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
