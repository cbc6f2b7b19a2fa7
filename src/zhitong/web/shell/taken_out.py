"""Every file that leaves by a page is numbered here, once: who takes it out, as which post, when.

Whoever writes a sheet asks for the mark that its pages carry; what no page's writer marked is marked on its way out.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from zhitong.domain.privacy.actions import take_out
from zhitong.kit import clock
from zhitong.kit.handing_out import hand_out, is_file
from zhitong.kit.marking import Mark

DOOR = "web"


def export_mark(name: str) -> Mark | None:
    """The mark of what this request takes out, recorded at the first asking; None where nobody acts."""
    return take_out(name, door=DOOR, now=clock.now())


def mark_line(name: str) -> str:
    """The line that a written file carries; empty where nobody acts."""
    mark = export_mark(name)
    return mark.line if mark else ""


class TakenOut:
    """Number every file that a page hands out; stands innermost, where the viewer still acts.

    A file is what a browser is to save. Pages, pictures shown in pages and files read by the browser's worker are none.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; a file with its number."""
        answer = self.get_response(request)
        if request.method != "HEAD" and is_file(answer):
            found = request.resolver_match
            hand_out(answer, export_mark(found.view_name if found else ""))
        return answer
