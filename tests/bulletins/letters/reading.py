"""Papers as tests read them: all their words, the cells of their forms, and papers made for members of the cast."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.cast import Story, viewer
from zhitong.domain.bulletins.queries.letters.makers import LETTERS
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.organisations.scope import acting_as
from zhitong.kit.official.shapes import Document, Figure, Grid, Heading, Paragraph, Piece, Table


def made(login: str, kind: PaperKind, about: str, at: datetime) -> Any:
    """A paper as a member of the cast gets it."""
    with acting_as(viewer(login)) as here:
        return LETTERS[kind](here, about, at)


def number_of(story: Story) -> str:
    """The number of a problem."""
    return story.standing.number


def words_of(paper: Document) -> str:
    """Everything that is printed in the body, in its order."""
    found: list[str] = [paper.title]
    for block in paper.blocks:
        if isinstance(block, Heading):
            found.append(block.text)
        elif isinstance(block, Paragraph):
            found.append(_said(block.pieces))
        elif isinstance(block, Table):
            found += ["|".join(_said((cell,)) for cell in row) for row in block.rows]
        elif isinstance(block, Grid):
            found += [f"{box.label}：{_said(box.pieces)}" for row in block.rows for box in row]
    return "\n".join(found)


def cells_of(paper: Document) -> dict[str, str]:
    """What stands in the cells of a form, by label."""
    grids = [block for block in paper.blocks if isinstance(block, Grid)]
    return {box.label: _said(box.pieces) for grid in grids for row in grid.rows for box in row}


def figures_of(paper: Document) -> dict[str, str]:
    """The bound numbers of a paper, by key."""
    paragraphs = (block for block in paper.blocks if isinstance(block, Paragraph))
    return {piece.key: piece.text for one in paragraphs for piece in one.pieces if isinstance(piece, Figure)}




def _said(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text if isinstance(piece, Figure) else piece for piece in pieces)
