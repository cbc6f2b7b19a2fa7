"""One upload: what each row is and why, what its columns and states mean, and the buttons that commit, drop or undo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zhitong.domain.exchange.actions.committing import commit, undo
from zhitong.domain.exchange.actions.staging import STATES, drop, map_columns
from zhitong.domain.exchange.queries.forms import form_of
from zhitong.domain.exchange.queries.uploads import RowView, UploadView, rows_of, upload_seen, words_in
from zhitong.domain.exchange.rules.columns import ROUND
from zhitong.domain.exchange.rules.kinds import LedgerState, UploadKind, UploadState, Verdict
from zhitong.domain.exchange.rules.reading import states_guessed
from zhitong.domain.organisations.scope import NotYours
from zhitong.kit import clock
from zhitong.kit.paging import Key, Sort
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.kit.sheets.limits import column_letters
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Crumb, Empty
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.lists import DeskList
from zhitong.web.shell.sending import key_of, new_key, send_once

SHOWN_HEADS = 8
_DOING = {"columns", "commit", "drop", "undo"}


class RowFilters(PlainForm):
    """What the rows can be narrowed to."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("检查结果"), required=False,
        choices=[("", gettext_lazy("全部")), *((verdict.value, verdict.label) for verdict in Verdict)],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, upload_id: UUID) -> HttpResponse | FileResponse:
    """An upload of the unit's. Raises NotFound: there is none such."""
    found = upload_seen(request.viewer, upload_id)
    if request.method != "POST":
        return _show(request, found)
    do = request.POST.get("do", "")
    if do not in _DOING:
        raise NotFound
    try:
        said, is_new = send_once(request, lambda: _done(request, found, do))
    except (NotFound, NotYours):
        raise
    except Refused as refused:
        answer = _show(request, upload_seen(request.viewer, upload_id), refusal=refused.sentence)
        answer.status_code = 422 if isinstance(refused, BadInput) else 409
        return answer
    messages.success(request, said if is_new else _("刚才已经办过，没有重复办理。%s") % said)
    return redirect("exchange:upload", upload_id)


def _done(request: HttpRequest, found: UploadView, do: str) -> str:
    viewer, now = request.viewer, clock.now()
    if do == "columns":
        return _map(request, found)
    if do == "drop":
        drop(viewer, found.id, now=now)
        return _("已放弃，没有导入任何内容。")
    if do == "undo":
        return _("已撤销，%d 行恢复为导入前的样子。") % undo(viewer, found.id, actor=viewer.actor("web"), now=now)
    done = commit(viewer, found.id, actor=viewer.actor("web"), now=now)
    if done.ordered:
        return _("行数较多，已交后台导入；这一页会自动刷新，离开也不影响。")
    return _("已导入：新增 %(new)d，变更 %(changed)d，没有变化或不导入 %(unchanged)d。") % {
        "new": done.new, "changed": done.changed, "unchanged": done.unchanged,
    }  # fmt: skip


def _map(request: HttpRequest, found: UploadView) -> str:
    heads = list(found.mapping)
    mapping = {head: request.POST.get(f"column_{place}", "") for place, head in enumerate(heads)}
    states = None
    if found.kind is UploadKind.LEDGER:
        words = words_in(request.viewer, found.id, "state")
        states = {word: request.POST.get(f"state_{place}", "") for place, word in enumerate(words)}
    map_columns(request.viewer, found.id, mapping, now=clock.now(), states=states)
    return _("已按新的对应关系重新检查；以后同样表头的表都照此认。")


def _show(request: HttpRequest, found: UploadView, *, refusal: str = "") -> Any:
    columns = {one.column.code: one.column.label for one in form_of(request.viewer, found.kind, _round_of(found))}
    chosen = request.GET.get("verdict") or (Verdict.WRONG.value if found.counts[Verdict.WRONG] else "")
    form = RowFilters({**request.GET.dict(), "verdict": chosen} if "verdict" not in request.GET else request.GET)
    waiting = found.state is UploadState.STAGED
    states = _states(request, found) if waiting else []
    return _rows_list(found, columns).respond(
        request, "exchange/upload.html", fetch=_fetch(request, found.id), filters=form,
        count=_count(found), asked_by=request.user.name,
        context={
            "upload": found, "refusal": refusal or found.refusal, "is_waiting": waiting,
            "may_commit": waiting and not found.counts[Verdict.WRONG] and found.rows,
            "is_unmapped": waiting and (_is_unmapped(request, found) or not all(meaning for _word, meaning in states)),
            "sheets": reverse("entry:sheets") + "?who=people" if _has_brought(found, UploadKind.PEOPLE) else "",
            "ledger": reverse("problems:ledger") + "?recorded=only" if _has_brought(found, UploadKind.LEDGER) else "",
            "may_undo": found.state is UploadState.COMMITTED, "is_ordered": found.state is UploadState.ORDERED,
            "heads": list(found.mapping.items()), "columns": columns, "states": states,
            "meanings": list(LedgerState), "counts": [(one.label, n) for one, n in found.counts.items() if n],
            "once_key": new_key() if refusal else key_of(request),
            "crumbs": [Crumb(_("导入导出"), reverse("exchange:list")), Crumb(found.name)],
        },
    )  # fmt: skip


def _is_unmapped(request: HttpRequest, found: UploadView) -> bool:
    """Whether a column that every row needs has not been found."""
    needed = {one.column.code for one in form_of(request.viewer, found.kind, _round_of(found)) if one.column.needed}
    return not needed <= set(found.mapping.values())


def _has_brought(found: UploadView, kind: UploadKind) -> bool:
    """Whether it stands and brought something new of a kind, so that there is something to do or to see next."""
    return found.kind is kind and found.state is UploadState.COMMITTED and bool(found.counts[Verdict.NEW])


def _states(request: HttpRequest, found: UploadView) -> list[tuple[str, str]]:
    """The words of an old ledger's states, each with what it is taken to mean."""
    if found.kind is not UploadKind.LEDGER:
        return []
    words = words_in(request.viewer, found.id, "state")
    return list(states_guessed(words, found.options.get(STATES, {})).items())


def _round_of(found: UploadView) -> UUID | None:
    return UUID(found.options[ROUND]) if found.options.get(ROUND) else None


def _rows_list(found: UploadView, columns: Mapping[str, str]) -> DeskList:
    """The rows under their own heads, before them what they are and why."""
    places = {code: (place, head) for place, head in enumerate(found.heads) if (code := found.mapping.get(head))}

    def why(row: RowView) -> str:
        said = [_cell_named(code, places, columns, row.line) + sentence for code, sentence in row.faults.items()]
        return " ".join([*said, row.note]).strip()

    heads = [
        Column(f"cell_{place}", head, value=lambda row, place=place: row.cells[place] if place < len(row.cells) else "",
               extra=place >= SHOWN_HEADS)
        for place, head in enumerate(found.heads) if head
    ]  # fmt: skip
    return DeskList(
        f"upload-{found.kind.value}-{len(heads)}", found.name,
        (
            Column("line", gettext_lazy("行"), Kind.NUMBER),
            Column("verdict", gettext_lazy("检查结果"), value=lambda row: row.verdict.label),
            Column("why", gettext_lazy("原因或说明"), Kind.LONG, value=why), *heads,
        ),
        Sort("line"), filters=RowFilters, empty=Empty(gettext_lazy("没有这样的行"), gettext_lazy("换一个检查结果再看。")),
    )


def _cell_named(code: str, places: Mapping[str, tuple[int, str]], columns: Mapping[str, str], line: int) -> str:
    """The cell as Excel calls it with its head; a column that the table does not have is named by its label."""
    if code in places:
        place, head = places[code]
        return f"{column_letters(place)}{line}“{head}”："
    return _("缺少“%s”一列：") % columns.get(code, code)


def _fetch(request: HttpRequest, upload_id: UUID) -> Any:
    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[RowView]:
        verdicts = (Verdict(asked["verdict"]),) if asked.get("verdict") else ()
        return rows_of(
            request.viewer, upload_id, verdicts, after=after[0] if after else None, turned=sort.descending, limit=limit
        )

    return fetch


def _count(found: UploadView) -> Any:
    def count(asked: Mapping[str, Any], most: int) -> int:
        one = found.counts[Verdict(asked["verdict"])] if asked.get("verdict") else found.rows
        return min(one, most)

    return count
