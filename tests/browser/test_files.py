"""A photo goes with a report from a phone: its handler sees it, the neighbouring county does not (R-E5)."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.browser.conftest import Site, Visitor
from tests.files.samples import amr, pdf, photo
from zhitong.domain.files.rules.kinds import MEBIBYTE

pytestmark = pytest.mark.browser

TEXT = "厂门口道路塌陷，运料车进不来。（演示内容）"


def photo_file(name: str, size: tuple[int, int] = (1200, 900)) -> dict[str, object]:
    """A picture as the phone's album hands it over, held sideways."""
    return {"name": name, "mimeType": "image/jpeg", "buffer": photo(size=size, turned=6)}


def small_picture(visitor: Visitor, name: str) -> list[int]:
    """Width and height of a photo's small picture, once it has come."""
    small = visitor.page.locator(".zt-file", has_text=name).locator("img")
    small.scroll_into_view_if_needed()
    visitor.page.wait_for_function("one => one.complete", arg=small.element_handle())
    return small.evaluate("one => [one.naturalWidth, one.naturalHeight]")  # type: ignore[no-any-return]


@pytest.mark.prove
def test_a_photo_with_a_report_is_seen_by_its_handler_and_by_no_neighbour(
    site: Site, visit: Callable[..., Visitor]
) -> None:
    address = site()
    firm = visit(address, "firm", phone=True)
    page = firm.page
    firm.open("/portal/report/")

    page.get_by_label("拍照或选图").set_input_files([photo_file("现场一.jpg"), photo_file("现场二.jpg")])
    page.get_by_label("录音", exact=True).set_input_files(
        {"name": "说明.amr", "mimeType": "audio/amr", "buffer": amr(3600)}
    )
    page.get_by_label("文件", exact=True).set_input_files(
        {"name": "合同.pdf", "mimeType": "application/pdf", "buffer": pdf() + bytes(21 * MEBIBYTE)}
    )
    page.get_by_role("button", name="提交").click()
    for said in ("“说明.amr”的录音长于10分钟", "“合同.pdf”有21.0MB，超过20MB"):
        assert said in page.inner_text("main")
    assert [small_picture(firm, name) for name in ("现场一.jpg", "现场二.jpg")] == [[240, 320]] * 2
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    page.locator(".zt-file", has_text="现场二.jpg").get_by_role("checkbox").uncheck()
    page.locator("[name=category][value=energy]").check()
    page.locator("[name=text]").fill(TEXT)
    with page.expect_navigation():
        page.get_by_role("button", name="提交").click()
    number = re.search(r"冀-沧州-2018-\d{6}", page.inner_text("main"))[0]  # type: ignore[index]
    shown = page.locator(".zt-thing-head .zt-file")
    assert shown.all_inner_texts() == [shown.first.inner_text()]
    assert "现场一.jpg" in shown.first.inner_text()
    file = shown.first.get_attribute("href")

    handler, neighbour = visit(address, "park"), visit(address, "neighbour")
    assert handler.open(f"/problems/{number}/") == 200
    assert small_picture(handler, "现场一.jpg") == [240, 320]
    assert handler.open(str(file)) == 200
    for path in (f"/problems/{number}/", str(file), f"{file}small/"):
        assert neighbour.open(path) == 404
