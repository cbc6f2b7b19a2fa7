"""A paper as a file: `?kind=&about=&at=&format=`; about may be said several times, at is a Shanghai moment, empty for now."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime
from tempfile import TemporaryFile
from typing import NamedTuple, TypeVar

from django import forms
from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_GET

from zhitong.domain.bulletins.queries.making import made
from zhitong.domain.bulletins.queries.writing import Made
from zhitong.domain.bulletins.rules.catalogue import Format, PaperKind
from zhitong.domain.bulletins.rules.cutting_off import CutOff, cut_off_of, judge_cut_off
from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.kit import clock
from zhitong.kit.choices import Word
from zhitong.kit.refusals import BadInput, NotFound
from zhitong.web.bulletins.leading import leading_from

Chosen = TypeVar("Chosen", bound=Word)
KEPT = 8
_LATELY = "papers_made"


@require_GET
def make(request: HttpRequest) -> FileResponse:
    """The file.

    Raises NotFound: there is no such paper for this viewer. Raises BadInput: the cut-off or the form cannot be.
    Raises Refused: there is nothing of the kind to put on paper.
    """
    kind = word_in(PaperKind, request.GET.get("kind", ""))
    if kind is None:
        raise NotFound
    form = word_in(Format, request.GET.get("format", ""))
    at = cut_off_in(request.GET.get("at", ""))
    about = ",".join(filter(None, request.GET.getlist("about")))
    answer = file_of(made(request.viewer, kind, about, at, form, leading_from(request), now=clock.now()))
    remember(request, Lately(kind.value, about, at.isoformat(), form.value if form else "", clock.now().isoformat()))
    return answer


class Lately(NamedTuple):
    """A paper that was made, so that it can be made again for the very same moment: all of it as an address says it."""

    kind: str
    about: str
    at: str
    form: str
    made_at: str


def remember(request: HttpRequest, paper: Lately) -> None:
    """Keep the newest papers that somebody made, each once, for as long as he is signed in."""
    before = [one for one in lately_made(request) if one[:4] != paper[:4]]
    request.session[_LATELY] = [paper, *before][:KEPT]


def lately_made(request: HttpRequest) -> list[Lately]:
    """The papers made lately, the newest first."""
    return [Lately(*one) for one in request.session.get(_LATELY, ())]


def file_of(paper: Made) -> FileResponse:
    """A paper to be saved, under its Chinese name; written whole before the first byte leaves, so a refusal is a page."""
    with ExitStack() as open_until_sent:
        file = open_until_sent.enter_context(TemporaryFile())
        paper.write(file)
        open_until_sent.pop_all()
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=paper.name, content_type=paper.media_type)


def cut_off_in(text: str) -> datetime:
    """The cut-off time an address asks for, within the campaign and not in the future.

    Raises BadInput: it cannot be read, or cannot be told of.
    """
    now, campaign = clock.now(), campaign_in_force()
    try:
        own = forms.DateTimeField(required=False).clean(text)
    except forms.ValidationError:
        sentence = "统计截止时间没有看懂，请按“2018-09-17 14:30”的样子填写。"
        raise BadInput(sentence, {"at": sentence}) from None
    at = cut_off_of(CutOff.OWN, now, own)
    judge_cut_off(at, now, campaign.year if campaign else None)
    return at


def word_in(words: type[Chosen], text: str) -> Chosen | None:
    """The word an address names; None where it names none."""
    return next((one for one in words if one.value == text), None)
