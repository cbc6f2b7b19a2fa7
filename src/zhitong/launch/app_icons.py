"""Draw the icons under which the site stands on a phone's screen: our own mark, as PNG, in the sizes phones ask for.

The strokes are those of `shell/mark.svg`, on its square of 44; drawn four times as large and made small, so that edges
are smooth. A maskable icon keeps its strokes inside the inner four fifths and its ground to the edge.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

SIDE = 44
GROUND, INK, FAINT = "#0b5f66", "#ffffff", "#78a5a9"
BARS = ((10, 33.5, 34), (13.5, 24, 30.5), (17, 14.5, 27))
"""The three levels: from, height, to."""
ARROW = ((22, 35, 22, 8.5), (15.5, 14.5, 22, 8), (22, 8, 28.5, 14.5))
FINER = 4
ICONS = (("icon-192.png", 192, False), ("icon-512.png", 512, False), ("icon-maskable-512.png", 512, True), ("icon-180.png", 180, True))
"""Name, pixels, whether the ground goes to the edge (a phone cuts its own corners)."""


def draw_icons(folder: Path) -> list[Path]:
    """Write every icon into a folder; the files, in the order of the table."""
    folder.mkdir(parents=True, exist_ok=True)
    return [_written(folder / name, pixels, to_the_edge) for name, pixels, to_the_edge in ICONS]


def _written(path: Path, pixels: int, to_the_edge: bool) -> Path:
    drawn(pixels, to_the_edge=to_the_edge).save(path, optimize=True)
    return path


def drawn(pixels: int, *, to_the_edge: bool) -> Image.Image:
    """The mark in a square of so many pixels."""
    side = pixels * FINER
    image = Image.new("RGBA", (side, side), GROUND if to_the_edge else (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    if not to_the_edge:
        pen.rounded_rectangle((0, 0, side - 1, side - 1), radius=side * 9 / SIDE, fill=GROUND)
    shrink = 0.78 if to_the_edge else 1.0
    for start, height, end in BARS:
        _stroke(pen, (start, height, end, height), 3, FAINT, side, shrink)
    for line in ARROW:
        _stroke(pen, line, 3.4, INK, side, shrink)
    return image.resize((pixels, pixels), Image.Resampling.LANCZOS)


def _stroke(
    pen: ImageDraw.ImageDraw, line: tuple[float, float, float, float], width: float, colour: str, side: int, shrink: float
) -> None:
    """A line with round ends."""
    middle = SIDE / 2
    ends = [((one - middle) * shrink + middle) * side / SIDE for one in line]
    thick = width * shrink * side / SIDE
    pen.line(ends, fill=colour, width=round(thick))
    for x, y in (ends[:2], ends[2:]):
        pen.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), fill=colour)
