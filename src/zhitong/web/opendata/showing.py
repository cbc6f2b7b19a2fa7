"""The page of one set: its columns in words, its address, and the form for its files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhitong.domain.opendata.rules.columns import Column, DataSet
from zhitong.domain.opendata.rules.sets import SETS
from zhitong.kit.refusals import NotFound
from zhitong.web.opendata.forms import FileForm
from zhitong.web.shell.components import Crumb

FEED = "/odata/v4/"
"""Where the feed stands; it is a door of its own."""


@dataclass(frozen=True)
class Told:
    """A column as its page tells it: what it holds, and the words it may say."""

    column: Column
    words: str


def set_called(name: str) -> DataSet:
    """The set of an address. Raises NotFound: there is none."""
    if name not in SETS:
        raise NotFound
    return SETS[name]


def page_of(request: HttpRequest, data: DataSet, form: FileForm, status: int = 200) -> HttpResponse:
    """The page of a set with a form as it was filled in."""
    context = {
        "data": data, "form": form, "columns": _told(data.columns),
        "address": f"{request.build_absolute_uri(FEED)}{data.name}", "key": "、".join(data.key),
        "sorts": "、".join((data.key[0], *data.sorts)),
        "crumbs": [Crumb(_("开放数据"), reverse("opendata:guide")), Crumb(data.label)],
    }
    return render(request, "opendata/set.html", context, status=status)


def _told(columns: Sequence[Column]) -> list[Told]:
    return [
        Told(column, "、".join(f"{word.value} {word.label}" for word in column.words) if column.words else "")
        for column in columns
    ]
