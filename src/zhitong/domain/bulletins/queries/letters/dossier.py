"""迎检档案: a folder for each matter with its course, every paper of it, its card and its evidence; an index with digests.

It holds what its reader may see and nothing else, as it stood at the cut-off time. It is written entry by entry: no more
than one paper or a mebibyte of a file is in memory.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from zhitong.domain.bulletins.queries.letters.course import course_of
from zhitong.domain.bulletins.queries.letters.evidence import Evidence, card_of, evidence_of
from zhitong.domain.bulletins.queries.letters.matter import Matter, matter, split_about
from zhitong.domain.bulletins.queries.letters.offered import offers_of, paper_of, supervisions_on
from zhitong.domain.bulletins.queries.letters.phrases import moment
from zhitong.domain.bulletins.queries.letters.supervision import supervision
from zhitong.domain.files.rules.kinds import MEBIBYTE
from zhitong.domain.files.rules.names import clean_name
from zhitong.domain.organisations.beside import open_file_for
from zhitong.domain.organisations.queries import officials_only
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.clock import SHANGHAI
from zhitong.kit.official.shapes import Code, Document
from zhitong.kit.refusals import NotFound, Refused
from zhitong.kit.workbook import Head, Shape, write_sheet

MOST_MATTERS = 50
"""As many matters as one archive holds."""
MOST_BYTES = 500 * MEBIBYTE
"""As much evidence as one archive holds."""
INDEX = "索引.xlsx"
_HEADS = (
    Head("序号", Shape.WHOLE, 6), Head("编号", width=22), Head("反映单位", width=26), Head("类别", width=14),
    Head("当时状态", width=12), Head("文件", width=48), Head("内容", width=18), Head("时间", Shape.MOMENT, 17),
    Head("字节", Shape.WHOLE, 12), Head("SHA-256", width=66),
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the index: what stands in which file of the archive, and its digest."""

    found: Matter
    path: str
    what: str
    since: datetime | None
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """The archive of some matters for one reader, ready to be written inside his transaction."""

    viewer: Viewer
    at: datetime
    matters: tuple[Matter, ...]
    evidence: tuple[tuple[Evidence, ...], ...]
    title: str

    def write(self, into: IO[bytes]) -> None:
        """Write the archive; the index, which tells the digests of all else, comes last."""
        with ZipFile(into, "w", ZIP_DEFLATED) as archive:
            lines = [line for place in range(len(self.matters)) for line in self._write_matter(archive, place)]
            index = BytesIO()
            _write_index(index, self, lines)
            archive.writestr(_info(INDEX, self.at), index.getvalue())

    def _write_matter(self, archive: ZipFile, place: int) -> Iterator[_Line]:
        found = self.matters[place]
        folder = f"{place + 1:02d}-{clean_name(found.number)}"
        for order, (name, since, paper) in enumerate(_papers(self.viewer, found), start=1):
            yield _write_paper(archive, found, f"{folder}/{order:02d}-{clean_name(name)}.docx", since, paper)
        for order, one in enumerate(self.evidence[place], start=1):
            yield _write_file(archive, self.viewer, found, f"{folder}/附件/{order:02d}-{clean_name(one.file.name)}", one)


def dossier(viewer: Viewer, about: str, at: datetime) -> Dossier:
    """The archive of matters by their numbers, with commas.

    Raises NotFound: none is named, or one is not there for this official. Raises Refused: more than 50 matters or
    500 MB of evidence, or one had not been reported yet.
    """
    officials_only(viewer)
    numbers = list(dict.fromkeys(split_about(one)[0] for one in about.split(",") if one))
    if not numbers:
        raise NotFound
    if len(numbers) > MOST_MATTERS:
        raise Refused(f"一份迎检档案最多装{MOST_MATTERS}件，选了{len(numbers)}件，请分几份出。")
    matters = tuple(matter(viewer, number, at) for number in numbers)
    evidence = tuple(evidence_of(viewer, found) for found in matters)
    size = sum(one.file.size for of_one in evidence for one in of_one)
    if size > MOST_BYTES:
        raise Refused(
            f"附件共{size // MEBIBYTE}MB，超过一份迎检档案的上限{MOST_BYTES // MEBIBYTE}MB，请减少件数，分几份出。"
        )
    title = f"迎检档案（{matters[0].number}）" if len(matters) == 1 else f"迎检档案（{len(matters)}件）"
    return Dossier(viewer, at, matters, evidence, title)


def _papers(viewer: Viewer, found: Matter) -> Iterator[tuple[str, datetime | None, Document]]:
    """The papers of a matter: its course, then what was made of it on its way, each with when it arose."""
    yield "办理经过", found.standing.submitted_at, course_of(found)
    card = card_of(viewer, found)
    if card is not None:
        yield "反馈卡", found.standing.submitted_at, card
    for offer in reversed(offers_of(found)):
        if not offer.reason:
            yield f"{offer.kind.label}-{offer.of_whom}", offer.since, _without_codes(paper_of(found, offer))
    for offer in reversed(supervisions_on(viewer, found)):
        yield f"{offer.kind.label}-{offer.about}", offer.since, supervision(viewer, offer.about, found.at)


def _without_codes(paper: Document) -> Document:
    """A paper for keeping: it leads to no page."""
    return replace(paper, blocks=tuple(block for block in paper.blocks if not isinstance(block, Code)))


def _write_paper(archive: ZipFile, found: Matter, path: str, since: datetime | None, paper: Document) -> _Line:
    from zhitong.kit.official import word  # takes its time to load, for those alone who ask for a file

    content = word.written(paper)
    archive.writestr(_info(path, found.at), content)
    return _Line(found, path, paper.title, since, len(content), hashlib.sha256(content).hexdigest())


def _write_file(archive: ZipFile, viewer: Viewer, found: Matter, path: str, one: Evidence) -> _Line:
    """A file as it was given; what is compressed already is stored as it is."""
    info = _info(path, found.at)
    info.compress_type = ZIP_STORED
    info.file_size = one.file.size
    with archive.open(info, "w") as entry:
        for part in open_file_for(viewer, one.file.id)[1]:
            entry.write(part)
    return _Line(found, path, one.of, one.file.attached_at, one.file.size, one.file.digest)


def _info(path: str, at: datetime) -> ZipInfo:
    """An entry dated at the cut-off, so that the same archive made again is dated the same."""
    info = ZipInfo(path, at.astimezone(SHANGHAI).timetuple()[:6])
    info.compress_type = ZIP_DEFLATED
    return info


def _write_index(into: IO[bytes], made: Dossier, lines: list[_Line]) -> None:
    notes = [
        f"统计截止时间：{moment(made.at)}。共{len(made.matters)}件、{len(lines)}个文件；只含查看人有权查看的内容。",
        "核对文件是否改动：计算文件的 SHA-256，与本表比对。",
    ]
    rows = (
        (place, line.found.number, line.found.head.subject_name, line.found.category, line.found.state.label, line.path,
         line.what, line.since, line.size, line.digest)
        for place, line in enumerate(lines, start=1)
    )
    write_sheet(into, title="迎检档案索引", notes=notes, heads=_HEADS, rows=rows, zone=SHANGHAI)
