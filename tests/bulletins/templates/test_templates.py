"""版式模板: an office's own Word file is taken when it serves, fills the papers of its unit alone, and is kept when replaced (R-H7)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from typing import Any
from uuid import uuid4

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.api.conftest import PLACE, Caller, answered
from tests.cast import acting, viewer
from tests.web.stories import signed_in
from tests.world import NOW
from zhitong.domain.bulletins.actions.templating import NoTemplate, keep_template, withdraw_template
from zhitong.domain.bulletins.models import PaperTemplate
from zhitong.domain.bulletins.queries import making
from zhitong.domain.bulletins.queries.making import made
from zhitong.domain.bulletins.queries.templates import sample_file, template_in_force, templates_of
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.bulletins.rules.templating import TEMPLATED
from zhitong.domain.history.queries import facts_about
from zhitong.domain.organisations.actions.seating import issue_token
from zhitong.kit.clock import held_at
from zhitong.kit.official.shapes import Document, Paragraph, Style
from zhitong.kit.official.templates import must_serve
from zhitong.kit.refusals import BadInput, NotFound, Refused

pytestmark = pytest.mark.django_db
PAGE = "/bulletins/templates/"


@pytest.fixture(autouse=True)
def day_of_the_story() -> Iterator[None]:
    """Friday 27 April 2018, 15:40 in Shanghai."""
    with held_at(NOW):
        yield


@cache
def own(*more: str) -> bytes:
    """A Word file of an office for its orders."""
    word, file = docx.Document(), io.BytesIO()
    for line in ("演示办专用", "{{标题}}", "{{正文}}", *more):
        word.add_paragraph(line)
    word.save(file)
    return file.getvalue()


def kept(login: str = "city_office", content: bytes | None = None, at: Any = NOW) -> Any:
    with acting(login) as actor:
        return keep_template(kind=PaperKind.ORDER, name="交办单.docx", content=content or own(), actor=actor, now=at)


def in_force(login: str, at: Any = NOW) -> bytes | None:
    with acting(login) as actor:
        return template_in_force(actor.unit_id, PaperKind.ORDER, at)


def test_a_file_that_serves_is_put_in_force_for_its_unit_alone() -> None:
    template_id = kept()

    assert in_force("city_office") == own()
    assert in_force("province_office") is None
    with acting("city_office"):
        row = next(one for one in templates_of(viewer("city_office")) if one.kind is PaperKind.ORDER)
        assert (row.name, row.who, row.since) == ("交办单.docx", "演示辛", NOW)
        assert [fact.kind for fact in facts_about(template_id)] == ["template.kept"]


def test_one_that_was_replaced_or_withdrawn_still_lays_out_what_is_of_its_time() -> None:
    kept()
    kept(content=own("第二版"), at=NOW + timedelta(days=1))
    with acting("city_office") as actor:
        withdraw_template(kind=PaperKind.ORDER, actor=actor, now=NOW + timedelta(days=2))

    assert in_force("city_office", NOW) == own()
    assert in_force("city_office", NOW + timedelta(days=1)) == own("第二版")
    assert in_force("city_office", NOW + timedelta(days=2)) is None
    assert in_force("city_office", NOW - timedelta(seconds=1)) is None
    with acting("city_office") as actor, pytest.raises(NoTemplate, match="系统版式"):
        withdraw_template(kind=PaperKind.ORDER, actor=actor, now=NOW + timedelta(days=3))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"%PDF-1.4 no paper", "PDF"), (b"", "空"), ("文字".encode(), "文本"), (b"PK\x03\x04" + b"\0" * 40, "打不开"),
        (own("{{文号}}"), "不认识"), (b"x" * (5 * 1024 * 1024 + 1), "超过5MB"),
    ],
)  # fmt: skip
def test_what_does_not_serve_is_refused_in_a_sentence_and_nothing_changes(content: bytes, says: str) -> None:
    kept()
    with acting("city_office") as actor, pytest.raises(BadInput, match=says) as refused:
        keep_template(kind=PaperKind.ORDER, name="版式.docx", content=content, actor=actor, now=NOW)

    assert set(refused.value.fields) == {"template"}
    assert in_force("city_office") == own()


@pytest.mark.parametrize("login", ["firm", "outsider"])
def test_who_makes_no_papers_finds_no_templates_and_others_none_of_ours(login: str) -> None:
    kept()
    with acting(login) as actor:
        if login == "firm":
            with pytest.raises(NotFound):
                keep_template(kind=PaperKind.ORDER, name="a.docx", content=own(), actor=actor, now=NOW)
            with pytest.raises(NotFound):
                templates_of(viewer(login))
            assert list(PaperTemplate.objects.all()) == []
        else:
            assert [row.name for row in templates_of(viewer(login)) if row.name] == []
            assert PaperTemplate.objects.update(name="别人的.docx") == 0


def test_a_kind_that_is_no_word_file_takes_no_template() -> None:
    with acting("city_office") as actor, pytest.raises(NotFound):
        keep_template(kind=PaperKind.LEDGER, name="a.docx", content=own(), actor=actor, now=NOW)


@pytest.mark.parametrize("kind", TEMPLATED)
def test_a_sample_serves_as_it_is(kind: PaperKind) -> None:
    must_serve(sample_file(kind).content, TEMPLATED[kind])


def test_a_paper_is_written_by_the_file_of_whoever_makes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    paper = Document(Style.FORM, "企业反映问题交办单", (Paragraph(("请于5月4日前办结。",)),))
    monkeypatch.setattr(making, "MAKERS", {PaperKind.ORDER: lambda *_asked: paper})
    kept()

    first, others = io.BytesIO(), io.BytesIO()
    for login, file in (("city_office", first), ("province_office", others)):
        with acting(login):
            made(viewer(login), PaperKind.ORDER, "", NOW, now=NOW).write(file)

    lines = [one.text for one in docx.Document(first).paragraphs]
    assert lines[:3] == ["演示办专用", "企业反映问题交办单", "请于5月4日前办结。"]
    assert docx.Document(others).paragraphs[0].text == "企业反映问题交办单"


def test_the_page_shows_takes_and_withdraws() -> None:
    office = signed_in("city_office")
    sent = {"kind": "order", "template": SimpleUploadedFile("交办单.docx", own())}

    assert "系统版式" in office.get(PAGE).content.decode()
    assert office.post(PAGE, sent).status_code == 302
    page = office.get(PAGE).content.decode()
    assert "交办单.docx" in page
    assert "{{标题}}" in page
    assert b"".join(office.get(f"{PAGE}order.docx").streaming_content) == own()  # type: ignore[attr-defined]
    assert "改用系统版式" in office.get(f"{PAGE}order/withdraw").content.decode()
    assert office.post(f"{PAGE}order/withdraw").status_code == 302
    assert in_force("city_office") is None
    assert office.get(f"{PAGE}order/withdraw").status_code == 404


def test_the_page_keeps_the_choice_and_says_what_is_wrong_beside_the_file() -> None:
    office = signed_in("city_office")

    answer = office.post(PAGE, {"kind": "order", "template": SimpleUploadedFile("a.docx", own("{{文号}}"))})

    assert answer.status_code == 422
    assert "{{文号}}系统不认识" in answer.content.decode()
    assert '<option value="order" selected>' in answer.content.decode()
    assert in_force("city_office") is None


@pytest.mark.parametrize("path", ["", "order.docx", "order-sample.docx", "order/withdraw"])
def test_the_served_find_nothing_there(path: str) -> None:
    assert signed_in("firm").get(PAGE + path).status_code == 404


def test_a_sample_can_be_downloaded_and_what_has_none_is_not_there() -> None:
    office = signed_in("city_office")

    assert b"".join(office.get(f"{PAGE}circular-sample.docx").streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]
    assert office.get(f"{PAGE}ledger-sample.docx").status_code == 404


def caller(login: str) -> Caller:
    who = viewer(login)
    return Caller(issue_token(person_id=who.person_id, post_id=who.post_id, name="测试", now=NOW))


def test_the_api_does_the_same() -> None:
    office = caller("city_office")
    headers = {"Authorization": f"Bearer {office.secret}", "Idempotency-Key": str(uuid4())}
    body = {"kind": "order", "file": SimpleUploadedFile("交办单.docx", own())}

    sent = answered(office.client.post(f"{PLACE}/bulletins/templates", body, headers=headers))
    rows = {row["kind"]["code"]: row for row in office.get("/bulletins/templates").body["rows"]}
    file = office.client.get(f"{PLACE}/bulletins/templates/order", headers=headers)

    assert sent.status == 201
    assert (rows["order"]["name"], rows["order"]["required"]) == ("交办单.docx", ["标题", "正文"])
    assert rows["brief"]["name"] == ""
    assert file.content == own()
    assert office.post("/bulletins/templates/order/withdraw").body == {"kind": {"code": "order", "label": "交办单"}}
    assert office.post("/bulletins/templates/order/withdraw").status == 409
    assert caller("firm").get("/bulletins/templates").status == 404


def test_nobody_in_particular_keeps_nothing() -> None:
    with pytest.raises(Refused):
        keep_template(kind=PaperKind.ORDER, name="a.docx", content=own(), actor=viewer("city_office").actor("test"), now=NOW)
