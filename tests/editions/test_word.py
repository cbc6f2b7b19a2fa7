"""R-H4, R-H7: the paper of an edition as Word: the same bytes for ever, edited in Word and taken back, numbers bound."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID

import docx
import pytest
from docx.oxml.ns import qn

from tests.cast import acting, viewer
from tests.editions.ways import AFTER_CHECK, JUNE, OFFICE, checked, drafted, may, page, saving, signs
from tests.problems.ways import Raise
from zhitong.domain.bulletins.actions.editions.taking_back import TakingBack, take_back
from zhitong.domain.bulletins.queries.editions.files import edition_file
from zhitong.domain.bulletins.rules.catalogue import Format
from zhitong.kit.refusals import BadInput

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition_id(raised: Raise) -> UUID:
    may(raised)
    return drafted()


def given_out(edition_id: UUID, form: Format = Format.WORD, now: Any = JUNE) -> tuple[str, bytes]:
    """The file of an edition: its name and its bytes."""
    with acting(OFFICE):
        made, into = edition_file(viewer(OFFICE), edition_id, form, now), io.BytesIO()
        made.write(into)
    return made.name, into.getvalue()


def returned(edition_id: UUID, name: str, word: Any, **more: Any) -> int:
    """The file as somebody sends it back."""
    into = io.BytesIO()
    word.save(into)
    with acting(OFFICE) as actor:
        return take_back(TakingBack(edition_id=edition_id, name=name, content=into.getvalue(), actor=actor, now=JUNE, **more))


def written_into(word: Any, begins: str, text: str) -> None:
    """Write over the first words of the paragraph that begins so."""
    found = next(one for one in word.paragraphs if "".join(node.text for node in one._p.iter(qn("w:t"))).startswith(begins))
    found.runs[0].text = text


def test_words_edited_in_word_come_back_with_figures_bound_beside_what_another_wrote_meanwhile(edition_id: UUID) -> None:
    name, content = given_out(edition_id)
    word = docx.Document(io.BytesIO(content))
    written_into(word, "各级各部门要", "各单位要")
    saving(edition_id, 1, {3: "另一个人写的，超期【数:超期未办】件、挂账【数:挂账】件。"}, title="关于2018年5月问题办理情况的通报")
    version = returned(edition_id, name, word)
    found = page(edition_id)

    assert "草稿第1版" in name
    assert (version, found.sections[4].text[:4]) == (3, "各单位要")
    assert found.sections[3].text.startswith("另一个人写的")
    assert "【数:本期反映】" in found.sections[0].text


def test_a_number_written_over_in_word_is_named_and_stays_as_counted(edition_id: UUID) -> None:
    name, content = given_out(edition_id)
    word = docx.Document(io.BytesIO(content))
    control = next(
        one for one in word.element.iter(qn("w:sdt")) if one.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")) == "total"
    )
    control.find(f"{qn('w:sdtContent')}/{qn('w:r')}/{qn('w:t')}").text = "300"
    with pytest.raises(BadInput, match="累计反映统计为3，文件里是300"):
        returned(edition_id, name, word)
    returned(edition_id, name, word, knowingly=True)

    assert {one.key: one.text for one in page(edition_id).figures}["total"] == "3"


def test_a_file_that_is_none_of_ours_is_refused(edition_id: UUID) -> None:
    with pytest.raises(BadInput, match="认不出哪些是正文"):
        returned(edition_id, "别的.docx", docx.Document())


def test_an_issued_paper_is_the_same_bytes_a_month_later(edition_id: UUID) -> None:
    signs(checked(edition_id))
    name, first = given_out(edition_id, now=AFTER_CHECK)
    _name, later = given_out(edition_id, now=AFTER_CHECK.replace(month=7))

    assert "通〔2018〕1号" in name
    assert first == later


@pytest.mark.prove
def test_an_issued_paper_comes_as_pdf_too(edition_id: UUID) -> None:
    signs(checked(edition_id))
    name, first = given_out(edition_id, Format.PDF, AFTER_CHECK)

    assert (name.rpartition(".")[2], first[:5]) == ("pdf", b"%PDF-")
    assert given_out(edition_id, Format.PDF, AFTER_CHECK)[1] == first
