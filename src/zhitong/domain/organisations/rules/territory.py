"""The tree of regions as plain words: a region's code and its parent's. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


def path(code: str, parents: Mapping[str, str]) -> list[str]:
    """The region and all it stands under, itself first; it ends at the root or where a circle would begin."""
    steps = [code]
    while (above := parents.get(steps[-1], "")) and above not in steps:
        steps.append(above)
    return steps


def circles(parents: Mapping[str, str]) -> Iterator[list[str]]:
    """Every circle of regions that stand under one another, each once, in the order of climbing."""
    settled: set[str] = set()
    for code in parents:
        steps: list[str] = []
        while code and code not in settled and code not in steps:
            steps.append(code)
            code = parents.get(code, "")
        if code in steps:
            yield steps[steps.index(code) :]
        settled.update(steps)
