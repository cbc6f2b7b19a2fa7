"""What the codes of a paper lead to: a query names the thing, the door that hands the paper out knows its address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from zhitong.kit.official.shapes import Code, Document


def led_to(document: Document, address_of: Callable[[str], str]) -> Document:
    """The paper with the address of each thing that its codes name, in what is bound with it too."""
    blocks = tuple(
        replace(block, content=address_of(block.content)) if isinstance(block, Code) else block for block in document.blocks
    )
    return replace(document, blocks=blocks, appended=tuple(led_to(one, address_of) for one in document.appended))
