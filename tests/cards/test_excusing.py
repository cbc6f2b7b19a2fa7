"""Excuses (R-E7): refused and unreachable stay owed; suspended, moved out, deregistered leave once the drawing level agrees."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.cards.conftest import NOW, Cast, send
from tests.cards.test_filling_for import meter_of
from tests.files.samples import photo, upload
from zhitong.domain.cards.actions import AskedExcuse, ExcuseDecision, SubmittedCard, ask_excuses, decide_excuses
from zhitong.domain.cards.actions.excusing import Decided, NotDecider, NotExcuser, NothingToExcuse
from zhitong.domain.cards.models import Round
from zhitong.domain.cards.queries import excuse, excuses_of, excuses_of_region
from zhitong.domain.cards.rules.rounds import USUAL_PROOF, ExcuseReason, MeterStanding, RequestState
from zhitong.domain.files.actions import store
from zhitong.domain.files.queries import FileView
from zhitong.domain.organisations.beside import open_file_for
from zhitong.domain.organisations.scope import NotYours, Viewer, acting_as, without_first_wall
from zhitong.domain.subjects.models import AssistanceList, Membership
from zhitong.kit.refusals import BadInput, NotFound

pytestmark = pytest.mark.django_db


def say(
    cast: Cast, who: Viewer, round_id: UUID, reason: ExcuseReason, proof: str = "7月10日实地查看，厂区停产"
) -> tuple[UUID, RequestState]:
    """Somebody says why the firm does not report."""
    with acting_as(who):
        file_ids = [proven(who).id] if reason in USUAL_PROOF else []
        one = AskedExcuse(
            round_id=round_id, subject_id=cast.subject.id, reason=reason, proof=proof, file_ids=file_ids, actor=who.actor("web")
        )
        [said] = ask_excuses([one], now=NOW)
    return said


def proven(who: Viewer) -> FileView:
    """A photo that the unit has just stored; inside its own transaction."""
    [kept] = store([upload("现场.jpg", photo())], actor=who.actor("web"), now=NOW)
    return kept


def decide(who: Viewer, excuse_id: UUID, *, granted: bool = True, words: str = "") -> RequestState:
    """Yes or no."""
    with acting_as(who):
        [state] = decide_excuses(
            [ExcuseDecision(excuse_id=excuse_id, granted=granted, words=words, actor=who.actor("web"))], now=NOW
        )
    return state


@pytest.mark.parametrize("reason", [ExcuseReason.REFUSED, ExcuseReason.UNREACHABLE])
def test_refused_and_unreachable_hold_at_once_and_stay_in_the_denominator(
    cast: Cast, september: UUID, reason: ExcuseReason
) -> None:
    _excuse, state = say(cast, cast.caring, september, reason)

    meter = meter_of(cast, september)
    assert state is RequestState.GRANTED
    assert (meter.owed, meter.count(MeterStanding(reason.value)), meter.rate) == (1, 1, 0)


@pytest.mark.parametrize("reason", [ExcuseReason.SUSPENDED, ExcuseReason.MOVED_OUT, ExcuseReason.DEREGISTERED])
def test_leaving_the_list_waits_for_the_level_that_opened_the_round(
    cast: Cast, september: UUID, reason: ExcuseReason
) -> None:
    asked, state = say(cast, cast.office, september, reason)
    before = meter_of(cast, september)
    with pytest.raises(NotDecider, match="省“双创双服”"):
        decide(cast.office, asked)

    decide(cast.province_office, asked)

    after = meter_of(cast, september)
    assert (state, before.owed, before.rate) == (RequestState.ASKED, 1, 0)
    assert (after.owed, after.excused, after.rate) == (0, 1, None)


def test_the_level_that_drew_the_list_decides(cast: Cast, september: UUID) -> None:
    from zhitong.domain.cards.models import Obligation, ObligationList

    with acting_as(cast.province_office):
        drawn = AssistanceList.objects.create(
            campaign="cards-tests", code="drawn", name="市级名单", kind="industry", drawn_by_id=cast.city_office.unit_id,
            year=2018,
        )
        Membership.objects.create(list=drawn, subject=cast.subject, since=NOW.date())
        ObligationList.objects.create(obligation=Obligation.objects.get(subject=cast.subject), list=drawn)

    asked, _state = say(cast, cast.caring, september, ExcuseReason.SUSPENDED)

    with pytest.raises(NotDecider):
        decide(cast.province_office, asked)
    assert decide(cast.city_office, asked) is RequestState.GRANTED


def test_a_no_needs_a_reason_and_is_said_once(cast: Cast, september: UUID) -> None:
    asked, _state = say(cast, cast.office, september, ExcuseReason.SUSPENDED)

    with pytest.raises(BadInput, match="不同意的理由"):
        decide(cast.province_office, asked, granted=False)
    assert decide(cast.province_office, asked, granted=False, words="仍在生产") is RequestState.DECLINED
    with pytest.raises(Decided, match="未同意"):
        decide(cast.province_office, asked)
    assert meter_of(cast, september).owed == 1


def test_an_excuse_needs_proof_and_says_something_new(cast: Cast, september: UUID) -> None:
    with pytest.raises(BadInput, match="请写明依据"):
        say(cast, cast.office, september, ExcuseReason.REFUSED, " ")
    say(cast, cast.office, september, ExcuseReason.REFUSED)
    with pytest.raises(NothingToExcuse, match="不用重复"):
        say(cast, cast.office, september, ExcuseReason.REFUSED)


def test_a_card_that_came_needs_no_excuse_and_one_that_comes_ends_it(cast: Cast, september: UUID) -> None:
    say(cast, cast.office, september, ExcuseReason.UNREACHABLE)

    send(cast, september)

    assert meter_of(cast, september).count(MeterStanding.OWN) == 1
    with pytest.raises(NothingToExcuse, match="已经报送"):
        say(cast, cast.office, september, ExcuseReason.REFUSED)


def test_who_has_nothing_to_do_with_the_firm_neither_says_nor_sees(
    cast: Cast, september: UUID, sent: SubmittedCard
) -> None:
    with pytest.raises((NotFound, NotExcuser)):
        say(cast, cast.uninvolved, september, ExcuseReason.REFUSED)
    with pytest.raises(NotYours):
        say(cast, cast.firm, september, ExcuseReason.REFUSED)
    with acting_as(cast.neighbour_office):
        with pytest.raises(NotFound):
            excuses_of_region(cast.neighbour_office, cast.regions["130973400"].id)
        assert excuses_of(cast.neighbour_office, september, cast.subject.id) == []


def test_offices_read_what_was_said_and_who_decides(cast: Cast, september: UUID) -> None:
    say(cast, cast.caring, september, ExcuseReason.MOVED_OUT, "已迁往任丘，营业执照变更通知书")

    with acting_as(cast.province_office):
        [one] = excuses_of_region(cast.province_office, cast.regions["1309"].id, states=[RequestState.ASKED])
    assert (one.reason, one.proof, one.may_decide) == (ExcuseReason.MOVED_OUT, "已迁往任丘，营业执照变更通知书", True)
    assert one.decider.startswith("省“双创双服”")


@pytest.mark.parametrize("reason", list(USUAL_PROOF))
def test_what_leaves_the_denominator_needs_a_paper_or_a_photo(cast: Cast, september: UUID, reason: ExcuseReason) -> None:
    bare = AskedExcuse(
        round_id=september, subject_id=cast.subject.id, reason=reason, proof="现场查看", actor=cast.office.actor("web")
    )

    with acting_as(cast.office), pytest.raises(BadInput, match="须附证明材料") as refused:
        ask_excuses([bare], now=NOW)

    assert list(refused.value.fields) == ["files"]
    assert meter_of(cast, september).excused == 0


def test_which_excuses_need_a_file_is_the_rounds_own(cast: Cast, september: UUID) -> None:
    with acting_as(cast.province_office):
        Round.objects.filter(id=september).update(proof_reasons=[ExcuseReason.REFUSED.value])
    bare = AskedExcuse(
        round_id=september, subject_id=cast.subject.id, reason=ExcuseReason.REFUSED, proof="来电", actor=cast.office.actor("web")
    )

    with acting_as(cast.office), pytest.raises(BadInput, match="须附证明材料"):
        ask_excuses([bare], now=NOW)


def test_the_proof_is_seen_by_who_decides_and_by_nobody_outside(cast: Cast, september: UUID) -> None:
    asked, _state = say(cast, cast.caring, september, ExcuseReason.SUSPENDED)

    with acting_as(cast.province_office):
        [shown] = excuse(cast.province_office, asked).files
        _file, slices = open_file_for(cast.province_office, shown.id)
        assert b"".join(slices)[:2] == b"\xff\xd8"
    for outsider in (cast.neighbour_office, cast.uninvolved, cast.other_firm):
        with acting_as(outsider), pytest.raises(NotFound):
            open_file_for(outsider, shown.id)
        with acting_as(outsider), without_first_wall(), pytest.raises(NotFound):
            open_file_for(outsider, shown.id)
