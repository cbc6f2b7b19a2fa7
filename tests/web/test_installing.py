"""The site on a phone's screen: the manifest, the worker's orders, the page without a network; icons of our own drawing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image

from zhitong.launch.app_icons import ICONS as DRAWN
from zhitong.launch.app_icons import draw_icons
from zhitong.web.shell.installing import ICONS, SHELL


def test_the_manifest_is_served_under_its_own_type_with_icons_that_are_there() -> None:
    answer = Client().get("/manifest.webmanifest")
    told = json.loads(answer.content)

    assert answer["Content-Type"].startswith("application/manifest+json")
    assert (told["start_url"], told["scope"], told["display"], told["lang"]) == ("/", "/", "standalone", "zh-CN")
    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}
    assert [path for path, _side, _purpose in ICONS if finders.find(path) is None] == []


def test_the_worker_keeps_files_of_ours_and_no_page_but_the_one_of_nobody() -> None:
    answer = Client().get("/service-worker.js")
    told = json.loads(answer.content.decode().splitlines()[0].removeprefix("self.zhitong = ").removesuffix(";"))

    assert answer["Content-Type"].startswith("text/javascript")
    assert "no-cache" in answer["Cache-Control"]
    assert [path for path in SHELL if finders.find(path) is None] == []
    assert all(path.startswith("/static/") for path in told["kept"])
    assert told["away"] == "/away/"
    assert Client().get(told["away"]).status_code == 200


def test_the_page_without_a_network_names_nobody() -> None:
    page = Client().get("/away/").content.decode()

    assert "现在没有网络" in page
    assert "data-person" not in page
    assert "csrfmiddlewaretoken" not in page


@pytest.mark.parametrize(("name", "pixels", "to_the_edge"), DRAWN)
def test_an_icon_has_its_size_its_mark_and_the_ground_a_phone_may_cut(
    name: str, pixels: int, to_the_edge: bool, tmp_path: Path
) -> None:
    draw_icons(tmp_path)
    with Image.open(tmp_path / name) as icon:
        corner, middle = icon.getpixel((0, 0)), icon.getpixel((pixels // 2, pixels // 2))

        assert icon.size == (pixels, pixels)
        assert (corner[3] == 255) is to_the_edge  # type: ignore[index]
        assert middle[:3] == (255, 255, 255)  # type: ignore[index] - the arrow's shaft
