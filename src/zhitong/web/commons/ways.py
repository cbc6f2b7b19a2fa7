"""Every act on a common problem at the screen: its form, what does it, and the words afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from zhitong.domain.commons.actions import answering, closing, establishing
from zhitong.domain.commons.actions.answering import Answered, ToAll
from zhitong.domain.commons.actions.establishing import Joining, Named, Turn
from zhitong.domain.commons.queries.page import CommonPage
from zhitong.domain.commons.rules.kinds import CommonAct, Membership
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries.page import problem_id_of
from zhitong.kit.refusals import BadInput, NotFound
from zhitong.web.commons import forms
from zhitong.web.shell.forms import PlainForm

NAMED_MOST = 10


@dataclass(frozen=True)
class Way:
    """How an act is done at the screen; what `do` gives back is said afterwards."""

    form: type[PlainForm]
    do: Callable[[str, dict[str, Any], Turn], str]
    icon: str


def said_of_joining(done: Joining) -> str:
    """What came of joining, with who stayed out and who was not moved by name."""
    said = _("已纳入 %(joined)d 件") % {"joined": done.joined}
    if done.moved:
        said += _("，其中 %d 件已交牵头单位承办") % done.moved
    return said + "。" + _listed(_("没有纳入"), done.left_out) + _listed(_("已纳入但没有改派"), done.unmoved)


def said_of_answer(done: Answered) -> str:
    """What came of the answer, with who could not be completed by name."""
    said = _("已统一答复，办结 %d 件，由企业各自确认") % done.completed
    if done.offered:
        said += _("；另有 %d 件在其他单位，可采用这份答复") % done.offered
    return said + "。" + _listed(_("没有一并办结"), done.left)


def ids_numbered(viewer: Viewer, numbers: Iterable[str]) -> list[UUID]:
    """The problems of these numbers.

    Raises BadInput: a number that this viewer does not find, named.
    """
    found, missing = [], []
    for number in numbers:
        try:
            found.append(problem_id_of(viewer, number))
        except NotFound:
            missing.append(number)
    if missing:
        sentence = _("没有找到这些编号：%s。请核对后再纳入。") % "、".join(missing[:NAMED_MOST])
        raise BadInput(sentence, {"numbers": sentence})
    return found


def act_called(word: str) -> CommonAct:
    """The act of an address.

    Raises NotFound: there is none of this name.
    """
    act = next((one for one in WAYS if one.value == word), None)
    if act is None:
        raise NotFound
    return act


def form_of(act: CommonAct, found: CommonPage, typed: Any = None) -> PlainForm:
    """The form of an act, empty or as it was typed; measures and answers begin with what stands."""
    if act is CommonAct.TAKE_OUT:
        return forms.TakeOutForm(typed, members=[one for one in found.members if one.membership is Membership.JOINED])
    initial: dict[str, Any] = {}
    if act is CommonAct.MEASURE:
        initial = {"measures": found.measures}
    elif act is CommonAct.ANSWER and found.answer is not None:
        initial = answer_as_typed(found.answer)
    return WAYS[act].form(typed, initial=initial)


def answer_as_typed(answer: Any) -> dict[str, Any]:
    """The common answer as the form of completing takes it."""
    return {
        "outcome": answer.outcome.value, "text": answer.text, "planned_on": answer.planned_on,
        "power_missing": answer.power_missing.value if answer.power_missing else None,
    }


def _listed(head: str, named: Iterable[Named]) -> str:
    rows = list(named)
    if not rows:
        return ""
    told = "；".join(f"{one.number}（{one.reason}）" for one in rows[:NAMED_MOST])
    more = _("等 %d 件") % len(rows) if len(rows) > NAMED_MOST else ""
    return f"{head}：{told}{more}。"


def _join(number: str, said: dict[str, Any], turn: Turn) -> str:
    return said_of_joining(establishing.join(number, ids_numbered(turn.viewer, said["numbers"]), turn))


def _take_out(number: str, said: dict[str, Any], turn: Turn) -> str:
    closing.take_out(number, said["problem"], said["reason"], turn)
    return _("已移出，企业和承办单位会被告知。")


def _measure(number: str, said: dict[str, Any], turn: Turn) -> str:
    closing.measure(number, said["measures"], turn)
    return _("已登记制度性措施。")


def _close(number: str, said: dict[str, Any], turn: Turn) -> str:
    closing.close(number, said["words"], turn)
    return _("共性问题已办结；没有办结的成员由各自承办单位继续办理。")


WAYS: Mapping[CommonAct, Way] = {
    CommonAct.ANSWER: Way(
        forms.AnswerForm, lambda number, said, turn: said_of_answer(answering.answer(number, ToAll(**said), turn)), "checks"
    ),
    CommonAct.JOIN: Way(forms.JoinForm, _join, "plus"),
    CommonAct.TAKE_OUT: Way(forms.TakeOutForm, _take_out, "minus"),
    CommonAct.MEASURE: Way(forms.MeasureForm, _measure, "notes"),
    CommonAct.CLOSE: Way(forms.CloseForm, _close, "circle-check"),
}
