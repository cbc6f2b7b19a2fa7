"""The addresses of the feed: the service document, $metadata, a set, one row of it, its number of rows, and its files."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from zhitong.api.odata.answering import JSON, row_written, rows_written
from zhitong.api.odata.document import metadata, service
from zhitong.api.odata.door import open_to_keys
from zhitong.api.odata.grammar.options import SKIP, TOKEN, Options, options_of, token_of
from zhitong.api.odata.grammar.refusing import NotOffered, Unreadable, quoted
from zhitong.api.odata.grammar.tokens import Sign, Token, tokens_of
from zhitong.api.odata.grammar.values import value_of
from zhitong.domain.opendata.queries.reading import count_of, every_batch, one_of, page_of
from zhitong.domain.opendata.rules.columns import DataSet
from zhitong.domain.opendata.rules.files import MEDIA_TYPES, FileKind, file_of
from zhitong.domain.opendata.rules.filters import Compared, Comparison, Every
from zhitong.domain.opendata.rules.sets import SETS
from zhitong.domain.organisations.scope import begin_anew
from zhitong.domain.privacy.actions import take_out
from zhitong.kit.handing_out import HEADER, hand_out
from zhitong.kit.marking import Mark
from zhitong.kit.refusals import NotFound

_PREFERRED = re.compile(r"\b(?:odata\.)?maxpagesize\s*=\s*(\d{1,6})")
_ROW = re.compile(r"([a-z_]+)\((.{1,400})\)")
_RESOURCE = "地址"


@open_to_keys
def root(request: Any) -> HttpResponseBase:
    """The service document."""
    return _json(json.dumps(service(_root(request)), ensure_ascii=False))


@open_to_keys
def described(request: Any) -> HttpResponseBase:
    """The metadata document; it is XML whatever is asked for."""
    return HttpResponse(metadata(), content_type="application/xml; charset=utf-8")


@open_to_keys
def resource(request: Any, path: str) -> HttpResponseBase:
    """What stands at an address below the root.

    Raises NotFound: nothing does. Raises Unreadable, NotOffered, TooMuch.
    """
    name, _slash, below = path.partition("/")
    single = _ROW.fullmatch(name)
    data = SETS.get(single[1] if single else name)
    if data is None:
        raise NotFound(f"没有{quoted(name)}这个数据集。数据集有：{'、'.join(SETS)}。")
    if below and (single or below != "$count"):
        raise NotOffered(_RESOURCE, f"没有{quoted(path)}这个地址。可以取 {data.name}、{data.name}(键) 和 {data.name}/$count。")
    query = _query(request)
    if single:
        return _one(request, data, single[2], query)
    options = options_of(query, data, _preferred(request))
    if below:
        return HttpResponse(str(count_of(request.viewer, options.asked, now=request.now)), content_type="text/plain; charset=utf-8")
    return _file(request, options, options.file) if options.file else _page(request, options, query)


def _page(request: Any, options: Options, query: dict[str, str]) -> HttpResponse:
    found = page_of(
        request.viewer, options.asked, now=request.now, limit=options.limit, after=options.after, skip=options.skip
    )
    count = count_of(request.viewer, options.asked, now=request.now) if options.counts else None
    is_last = found.next_key is None or options.top == options.given + len(found.rows)
    export = options.export if options.exported_by == str(request.viewer.person_id) else _number(_mark(request, options))
    by = (str(request.viewer.person_id), export)
    going_on = "" if is_last else _address_of_next(request, query, token_of(options, found.next_key, len(found.rows), by))
    answer = _json(rows_written(_root(request), options.asked, found.rows, count, going_on))
    answer[HEADER] = export
    if _preferred(request):
        answer["Preference-Applied"] = f"odata.maxpagesize={options.page}"
    return answer


def _one(request: Any, data: DataSet, key: str, query: dict[str, str]) -> HttpResponse:
    asked = replace(options_of(query, data).asked, where=_keyed(data, key))
    return _json(row_written(_root(request), asked, one_of(request.viewer, asked, now=request.now)))


def _file(request: Any, options: Options, kind: FileKind) -> StreamingHttpResponse:
    """The rows as a file that is written while they are read; it has all of them or, with $top, is refused.

    Its number stands before the first row is read, so that a stream cut off is as well known as a whole one.
    """
    if options.top is not None or options.skip or options.after:
        raise NotOffered("$format", "CSV 和 Parquet 一次给出全部符合条件的行，不能与 $top、$skip、$skiptoken 同用。")
    mark = _mark(request, options)
    begin_anew(request.acting, request.viewer)
    batches = every_batch(request.viewer, options.asked, now=request.now)
    pieces = file_of(kind, options.asked.read, batches, mark)
    answer = StreamingHttpResponse(pieces, content_type=MEDIA_TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{options.asked.data.name}.{kind}"'
    hand_out(answer, mark)
    return answer


def _number(mark: Mark | None) -> str:
    return mark.number if mark else ""


def _mark(request: Any, options: Options) -> Mark | None:
    """The number of what is taken out: a feed has one for all its pages, carried by the sealed address of the next."""
    return take_out(f"open data {options.asked.data.name}", door="api", now=request.now)


def _keyed(data: DataSet, text: str) -> Every:
    """The key between brackets as a condition: one value, or `name=value` for each column of the key."""
    tokens = _named_values(data, text)
    parts = tuple(
        Compared(data.by_name[name], Comparison.EQUAL, value_of(token, data.by_name[name], _RESOURCE)) for name, token in tokens.items()
    )
    if any(part.value is None for part in parts):
        raise NotFound
    return Every(parts)


def _named_values(data: DataSet, text: str) -> dict[str, Token]:
    found: dict[str, Token] = {}
    for part in re.split(r",(?=[a-z_]+=)", text):
        name, _equals, value = part.partition("=") if re.match(r"[a-z_]+=", part) else (data.key[0], "", part)
        tokens = tokens_of(value)
        if len(tokens) != 1 or tokens[0].sign in (Sign.OPEN, Sign.CLOSE, Sign.COMMA):
            raise _unreadable_key(data, text)
        found[name.strip()] = tokens[0]
    if set(found) != set(data.key):
        raise _unreadable_key(data, text)
    return found


def _unreadable_key(data: DataSet, text: str) -> Unreadable:
    named = ",".join(f"{name}=…" for name in data.key) if data.key[1:] else "…"
    return Unreadable(_RESOURCE, f"{quoted(text)}不是 {data.name} 的键。应写成 {data.name}({named})。")


def _query(request: Any) -> dict[str, str]:
    """The options of the address, each once. Raises Unreadable: one stands twice."""
    for name, values in request.GET.lists():
        if len(values) > 1:
            raise Unreadable(name, f"{name} 写了{len(values)}次，只能写一次。")
    return dict(request.GET.items())


def _address_of_next(request: Any, query: dict[str, str], token: str) -> str:
    kept = {name: value for name, value in query.items() if name not in (SKIP, TOKEN)}
    asked = urlencode({**kept, TOKEN: token}, quote_via=quote, safe="$,'():")
    return f"{request.build_absolute_uri(request.path)}?{asked}"


def _preferred(request: Any) -> int | None:
    found = _PREFERRED.search(request.headers.get("Prefer", ""))
    return int(found[1]) or None if found else None


def _root(request: Any) -> str:
    return str(request.build_absolute_uri(reverse("odata:root")))


def _json(content: str) -> HttpResponse:
    return HttpResponse(content, content_type=JSON)
