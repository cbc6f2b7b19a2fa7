"""The organisation as one document: taken out for a territory, held against what stands, taken in whole or not at all."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.words import Code, Labelled, Said, Shape, labelled
from zhitong.domain.organisations.queries.tree import tree_of
from zhitong.domain.organisations.rules.tree import Difference, Tree, UnreadableTree, read, told
from zhitong.domain.problems.actions.staffing import take_in_organisation
from zhitong.domain.problems.queries.staffing import differences_with_work
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput

router = Router()
Rows = Annotated[list[dict[str, Any]], Field(max_length=20_000)]


class OrganisationTree(Shape):
    """A subtree; everything by code or login."""

    form: str
    version: int
    region: str
    regions: list[dict[str, Any]]
    units: list[dict[str, Any]]
    posts: list[dict[str, Any]]
    people: list[dict[str, Any]]


class TreeSaid(Said):
    """导出的文件，改好的；没有写到的不动。"""

    form: Annotated[str, Field(max_length=40)]
    version: int
    region: Code
    regions: Rows = []
    units: Rows = []
    posts: Rows = []
    people: Rows = []


class TreeDifference(Shape):
    """One thing that differs; `fields`: name → old and new; of what may not be done `why` is the sentence."""

    what: str
    key: str
    change: Labelled
    fields: dict[str, list[str]]
    why: str


class TreeDifferences(Shape):
    """All of them, in the order in which they are done."""

    rows: list[TreeDifference]


@reads(router, "/organisation", answer=OrganisationTree, summary="导出组织机构：区划、单位、岗位、人员；限系统管理员")
def taken_out(request: Request, region: Annotated[str, Field(max_length=80)] = "") -> OrganisationTree:
    """Of the own territory, or of a region within it."""
    return OrganisationTree(**told(tree_of(request.viewer, region, today=day_of(request.now))))


@writes(router, "/organisation/differences", answer=TreeDifferences, summary="对照组织机构文件：导入会改什么，不改动任何内容")
def held_against(request: Request, said: TreeSaid) -> TreeDifferences:
    """试导入。"""
    return _told(differences_with_work(request.viewer, _read(said), today=day_of(request.now)))


@writes(router, "/organisation", answer=TreeDifferences, summary="导入组织机构：有一处不能办就都不办；限系统管理员")
def taken_in(request: Request, said: TreeSaid) -> TreeDifferences:
    """答复改了什么；再导入同一份文件没有改动。"""
    return _told(take_in_organisation(request.viewer, _read(said), actor=actor_of(request), now=request.now))


def _read(said: TreeSaid) -> Tree:
    try:
        return read(said.model_dump())
    except UnreadableTree as error:
        raise BadInput(str(error), {"body": str(error)}) from error


def _told(found: list[Difference]) -> TreeDifferences:
    return TreeDifferences(rows=[
        TreeDifference(
            what=one.what, key=one.key, change=labelled(one.change), why=one.why,
            fields={name: list(pair) for name, pair in one.fields.items()},
        )
        for one in found
    ])  # fmt: skip
