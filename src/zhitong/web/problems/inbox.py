"""办理: a unit's inbox, one tab for each tray by consequence, and beside them whatever else the post may look through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zhitong.domain.problems.queries.lists import COUNTED_TO, counts_for
from zhitong.domain.problems.rules.lenses import Lens, lenses_of
from zhitong.domain.problems.rules.trays import ALWAYS_SHOWN, BY_DUE, Tray, trays_of
from zhitong.kit import clock
from zhitong.kit.paging import Sort
from zhitong.kit.refusals import NotFound
from zhitong.web.problems import lists
from zhitong.web.problems.filters import ProblemFilters
from zhitong.web.problems.lists import DUE, NEWEST, Tab, answer_with, columns, lens_tabs
from zhitong.web.problems.showing import next_column
from zhitong.web.shell.components import Empty, Text
from zhitong.web.shell.forms import wanted_of
from zhitong.web.shell.lists import DeskList

TOLD: dict[Tray, Text] = {
    Tray.OVERDUE: gettext_lazy("已显示为超期的，企业和上级都能看到"),
    Tray.SOON: gettext_lazy("快到期的，最急的在前"),
    Tray.TO_SIGN: gettext_lazy("交办给本单位还没有签收的；时限从交办时起算"),
    Tray.IN_HAND: gettext_lazy("本单位正在办理的，最急的在前"),
    Tray.SENT_BACK: gettext_lazy("被退回、未同意上报、核查不实或企业不满意后又回到本单位的"),
    Tray.OFFICE: gettext_lazy("等本办受理、交办、复核、销号的，也在受理交办里"),
    Tray.TO_DECIDE: gettext_lazy("延期、暂停、挂账、撤回和提请上级，等本单位审批的"),
    Tray.TO_PRECHECK: gettext_lazy("本辖区企业反映、先请本乡镇核实的；逾期未核自动转办"),
    Tray.TO_TAKE: gettext_lazy("别的单位商议移交给本单位，等本单位答复的"),
    Tray.HELPING: gettext_lazy("别的单位请本单位协办、等本单位反馈的；承办责任不变"),
    Tray.LOOKING: gettext_lazy("企业请本办过问、等本办答复的"),
    Tray.TO_PASS: gettext_lazy("上级已答复，等本单位向下传的"),
    Tray.BELOW: gettext_lazy("下级提请、现在由本单位办的"),
    Tray.OTHERS: gettext_lazy("本单位负责，但在等协办反馈、商请复函、申请审批、对方接收或企业答复的"),
    Tray.ABOVE: gettext_lazy("本单位或本级提请上级、还没有答复的；本级仍需告知企业"),
}


@require_GET
def work(request: HttpRequest) -> HttpResponse | FileResponse:
    """What lies on the unit's desk, by tray or whole; a search looks through all one may see.

    Raises NotFound: there is no such tray, or the lens asked for is not one of the viewer's.
    """
    tray = _tray_in(request)
    return _tray(request, tray) if tray else _lens(request)


def _tray_in(request: HttpRequest) -> Tray | None:
    """The tray asked for by its address."""
    asked = request.GET.get("tab", "")
    if not asked:
        return None
    found = next((tray for tray in trays_of(request.viewer) if tray.value == asked), None)
    if found is None:
        raise NotFound
    return found


def _tray(request: HttpRequest, tray: Tray) -> HttpResponse | FileResponse:
    desk = DeskList(
        "tray", tray.label, (*columns(ledger=False)[:1], next_column(tray), *columns(ledger=False)[1:]),
        Sort(DUE) if tray in BY_DUE else Sort(NEWEST, True),
        empty=Empty(_("“%s”里没有问题") % tray.label, TOLD[tray], icon="circle-check"), limit=lists.ROWS, beside=True,
    )
    form = ProblemFilters(request.GET, request.viewer, Lens.DESK)
    return _answer(request, desk, tray, form, str(TOLD[tray]))


def _lens(request: HttpRequest) -> HttpResponse | FileResponse:
    lenses = lenses_of(request.viewer)
    usual = Lens.ALL if request.GET.get("q") and Lens.ALL in lenses else lenses[0]
    lens = lists.lens_in(request, lenses, usual)
    given = columns(ledger=False)
    desk = DeskList(
        "problems", gettext_lazy("办理"), (given[0], next_column(), *given[1:]) if lens is Lens.DESK else given,
        Sort(DUE) if lens is Lens.DESK else Sort(NEWEST, True), empty=lists.empty_of(lens), limit=lists.ROWS, beside=True,
    )
    form = ProblemFilters(request.GET, request.viewer, lens)
    why = lists.why_of(request.viewer, lens, desk.sort_of(request.GET), form)
    return _answer(request, desk, lens, form, why)


def _answer(
    request: HttpRequest, desk: DeskList, current: Lens | Tray, form: ProblemFilters, why: str
) -> HttpResponse | FileResponse:
    """The page with the list and every tray counted in one query; the workbook shows no trays."""
    if "export" in request.GET:
        return answer_with(request, desk, current, form, why=why, context={})
    total, counted = counts_for(
        request.viewer, current, form.asked_of(wanted_of(form)), now=clock.now(),
        order=lists.order_of(desk.sort_of(request.GET))[0], most=COUNTED_TO + 1,
    )
    context = _tabs(request, current, counted) | {"title": _("办理")}
    return answer_with(request, desk, current, form, why=why, context=context, count=lambda _asked, most: min(total, most))


def _tabs(request: HttpRequest, current: Lens | Tray, counted: Mapping[Tray, int]) -> dict[str, Sequence[Tab]]:
    """The whole desk and its trays as tabs, an empty tray only where it is worth seeing empty; other lenses beside."""
    lenses = [lens for lens in lenses_of(request.viewer) if lens is not Lens.WAITING or lens is current]
    shown = lens_tabs(request, lenses, current)
    if not counted:
        return {"tabs": shown}
    trays = [
        Tab(tray.label, f"{request.path}?tab={tray.value}", tray is current, f"{COUNTED_TO}+" if n > COUNTED_TO else str(n))
        for tray, n in counted.items() if n or tray in ALWAYS_SHOWN or tray is current
    ]
    return {"tabs": [shown[0], *trays], "wider": shown[1:]}
