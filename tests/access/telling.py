"""The world that is walked: things of every room in 南大港, 沧州 and 任丘, each with a word in its texts found nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from tests.access.seats import BESIDE_THE_CAST, seats
from tests.access.truth import Thing
from tests.api.conftest import COMPLETE
from tests.api.conftest import matter as matter_row
from tests.cast import Story, acting
from tests.commons.acts import established, report_of
from tests.editions.ways import drafted as edition_drafted
from tests.editions.ways import saving
from tests.exchange.conftest import firm as roster_row
from tests.exchange.conftest import sheet as roster
from tests.exchange.conftest import staged
from tests.extras.proposals import proposed
from tests.files.keeping import attached, stored
from tests.inspections.looking import approved
from tests.plans.timetables import planned as milestone_planned
from tests.practices.writing import submitted as piece_submitted
from tests.problems.ways import acknowledged, sent_up, unit_id
from tests.progress.way import Sheet, indicator
from tests.progress.way import opened as period_opened
from tests.rhythm.meeting import opened as cycle_opened
from tests.supervision.ways import issues, registers
from tests.visits.conftest import planned as visit_planned
from tests.visits.conftest import visited
from tests.web.portal.conftest import care_for, open_april
from tests.world import NOW
from zhitong.domain.cards.actions import Submission
from zhitong.domain.cards.actions.drafting import Drafting as CardDrafting
from zhitong.domain.cards.actions.drafting import save_drafts
from zhitong.domain.complaints.actions.submitting import Charge, submit
from zhitong.domain.organisations.models import Person, Post, Tenure, Unit
from zhitong.domain.problems.actions.handling import Reply, reply
from zhitong.domain.problems.actions.raising import Report, raise_problems
from zhitong.domain.problems.actions.submitting import submit_card
from zhitong.domain.problems.models import Problem
from zhitong.domain.problems.rules.kinds import Source
from zhitong.domain.progress.actions.entering import Entry, Told, save_reports
from zhitong.domain.subjects.models import Subject
from zhitong.domain.supervision.actions import supervising
from zhitong.domain.supervision.rules.kinds import Grade

WALKED_AT = datetime(2018, 9, 3, 3, 0, tzinfo=UTC)
"""Monday 3 September 2018, 11:00: what was told in April and August lies behind."""
PARK, COUNTY, CITY = "130973400", "130982", "1309"
FIRM, OTHER_FIRM = "firm-nandagang", "firm-renqiu"
_numbers = count(100)


def word() -> str:
    """A word that stands nowhere else: Latin and of one length, so that no file, no escaping and no other word changes it."""
    return f"zqx{next(_numbers)}qz"


def tell() -> list[Thing]:
    """Seat those beside the cast, and let things happen in every room; in a database of one's own."""
    _take_seats()
    return [*_problems(), *_cards(), *_around_the_firm(), *_pressing(), *_of_offices(), *_of_the_plan()]


def _take_seats() -> None:
    for login, unit, kind in BESIDE_THE_CAST:
        if login not in seats():
            continue
        post = Post.objects.filter(unit__code=unit, kind=kind).order_by("title").first()
        if post is None:
            post = Post.objects.create(unit=Unit.objects.get(code=unit), kind=kind, title="演示岗位")
        Tenure.objects.create(post=post, person=Person.objects.create(login=login, name="演示"), since=date(2018, 1, 1))
    Person.objects.create(login="postless", name="演示")


def _raised(login: str, said: str, **more: Any) -> Story:
    with acting(login) as actor:
        subject = Subject.objects.get(unit_id=actor.unit_id)
        given: dict[str, Any] = {
            "campaign": "hebei-2018", "source": Source.REPORT, "subject_id": subject.id, "subject_name": subject.name,
            "subject_kind": subject.kind, "tier": subject.tier, "reporter_unit_id": actor.unit_id,
            "region_id": subject.region_id, "category": "energy", "text": f"夜间限电，{said}，不能连续生产。", "actor": actor,
            "now": NOW, **more,
        }
        return Story(raise_problems([Report(**given)])[0].id)


def _number(story: Story) -> str:
    with acting("province_office"):
        return str(Problem.objects.values_list("number", flat=True).get(id=story.problem_id))


def _problem(story: Story, said: str, handlers: set[str], *, region: str = PARK, firm: str = FIRM, secret: bool = False) -> Thing:
    named = {"problem": _number(story), "problem_id": str(story.problem_id)}
    return Thing("problem", said, region, "energy", frozenset(handlers), firm, secret, named)


def _problems() -> Iterator[Thing]:
    """A plain one with a photo, a confidential one, one sent up a level and answered on its way, one of another county."""
    plain, secret, climbing, elsewhere, answer, photo = (word() for _place in range(6))
    story = _raised("firm", plain)
    yield _problem(story, plain, {"130973400-economy"})
    [file] = stored("firm", f"{photo}.jpg")
    attached(story.problem_id, file)
    yield Thing("file", photo, PARK, "energy", frozenset({"130973400-economy"}), FIRM, named={"file": str(file.id)})
    yield _problem(_raised("firm", secret, confidential=True), secret, {"130973400-economy"}, secret=True)
    up = acknowledged(sent_up(_raised("firm", climbing)), "zone")
    up.does("zone", reply, Reply, text=f"正在协商，{answer}。")
    for said in (climbing, answer):
        yield _problem(up, said, {"130973400-economy", "130973400-office", "130973-economy"})
    other = _number(_raised("other_firm", elsewhere, category="environment"))
    yield Thing("problem", elsewhere, COUNTY, "environment", of_firm=OTHER_FIRM, named={"problem": other})


def _cards() -> Iterator[Thing]:
    """April's card of the firm of 南大港 with a matter on it, and one begun by that of 任丘."""
    care_for("firm", "park")
    april, figures, matter, begun = open_april(), word(), word(), word()
    with acting("firm") as actor:
        subject = Subject.objects.get(unit_id=actor.unit_id)
        [sent] = submit_card([Submission(
            round_id=april, subject_id=subject.id, version=0, actor=actor, confirmed=True,
            values={**COMPLETE, "main_activity": figures}, rows=[matter_row(text=f"增容慢，{matter}")],
        )], now=NOW)
    carers = frozenset({"130973400-economy", "130973400-office"})
    yield Thing("figures", figures, PARK, takes_part=carers, of_firm=FIRM)
    yield Thing("card", word(), PARK, takes_part=carers, of_firm=FIRM, named={"card": str(sent.card.card_id)})
    yield Thing("problem", matter, PARK, "energy", frozenset({"130973400-economy"}), FIRM)
    with acting("other_firm") as actor:
        other = Subject.objects.get(unit_id=actor.unit_id)
        save_drafts([CardDrafting(
            round_id=april, subject_id=other.id, version=0, actor=actor, values={**COMPLETE, "main_activity": begun},
        )], now=NOW)
    yield Thing("draft_card", begun, COUNTY, of_firm=OTHER_FIRM)


def _around_the_firm() -> Iterator[Thing]:
    """The firms themselves, a visit made and one planned, a complaint in its sealed channel."""
    with acting("province_office"):
        for firm, region in ((FIRM, PARK), (OTHER_FIRM, COUNTY)):
            one = Subject.objects.select_related("unit").get(unit__code=firm)
            carers = frozenset({"130973400-economy"}) if firm == FIRM else frozenset()
            yield Thing("subject", one.name, region, takes_part=carers, of_firm=firm, named={"subject": str(one.id)})
        firm_id = Subject.objects.values_list("id", flat=True).get(unit__code=FIRM)
    said, plan, charge = word(), word(), word()
    visit = visited(firm_id, "park", words=f"订单饱满；{said}。")
    carer = frozenset({"130973400-economy"})
    yield Thing("visit", said, PARK, takes_part=carer, of_firm=FIRM, named={"visit": str(visit)})
    planned = visit_planned(firm_id, "park", who=plan)
    yield Thing("visit_plan", plan, PARK, takes_part=carer, of_firm=FIRM, named={"plan": str(planned)})
    with acting("firm") as actor:
        said_of = Charge(campaign="hebei-2018", unit_id=unit_id("130973400-economy"), text=f"三次退件，{charge}。")
        sent = submit(said_of, actor=actor, now=NOW)
    receiver = frozenset({"130973-inspection"})
    yield Thing("complaint", charge, PARK, takes_part=receiver, of_firm=FIRM, named={"complaint": sent.number})


def _pressing() -> Iterator[Thing]:
    """A supervision of the zone's office at the park's department, and an instruction kept by the city's office."""
    late, demand, words = word(), word(), word()
    story = _raised("firm", late)
    yield _problem(story, late, {"130973400-economy"})
    with acting("zone_office") as actor:
        paper = supervising.draft(supervising.Drafting(
            problem_ids=(story.problem_id,), grade=Grade.KEY, demand=f"三日内反馈，{demand}。", workdays=3, actor=actor, now=NOW,
        ))
    issues("zone_office", paper)
    pressed = frozenset({"130973-office", "130973400-economy"})
    yield Thing("supervision", demand, PARK, takes_part=pressed, named={"supervision": str(paper)})
    instruction = registers("city_office", story, words=f"请抓紧协调，{words}。")
    yield Thing("instruction", words, CITY, takes_part=frozenset({"1309-office"}), named={"instruction": str(instruction)})


def _of_offices() -> Iterator[Thing]:
    """What offices and departments keep and write: a roster brought in, an edition, a piece, a meeting, an inspection."""
    roster_said, title, piece, place, matters, shared, wish = (word() for _place in range(7))
    upload = staged(roster(roster_row(1, name=f"演示{roster_said}厂")), by="park_office")
    park_office, park = frozenset({"130973400-office"}), frozenset({"130973400-economy"})
    yield Thing("upload", roster_said, PARK, takes_part=park_office, named={"upload": str(upload)})
    edition = edition_drafted(login="park_office")
    saving(edition, 1, {}, title=f"关于五月问题办理情况的通报{title}")
    yield Thing("edition", title, PARK, takes_part=park_office, named={"edition": str(edition)})
    written = piece_submitted("park", title=f"用电直通会商机制{piece}")
    yield Thing("piece", piece, PARK, takes_part=park, named={"piece": str(written)})
    cycle = cycle_opened(place=f"第二会议室{place}")
    called = frozenset({"1309-office", "1309-development", "1309-industry", "130973-office"})
    yield Thing("cycle", place, CITY, takes_part=called, named={"cycle": str(cycle)})
    inspection = approved(title=f"问题办理情况督查{matters}")
    looked_at = frozenset({"1309-office", "1309-inspection", "1309-development", "1309-industry"})
    yield Thing("inspection", matters, CITY, takes_part=looked_at, named={"inspection": str(inspection)})
    stories = [_raised("firm", word()), *(report_of(place) for place in (1, 2))]
    common = established(stories, asked=f"研究统一的错峰方案，{shared}。")
    yield Thing("common", shared, PARK, takes_part=park_office | park, named={"common": common.number})
    yield Thing("extra", wish, PARK, takes_part=park, named={"proposal": str(proposed(title=f"修一条人行道{wish}"))})


def _of_the_plan() -> Iterator[Thing]:
    """August's report of 任丘, and a milestone on the timetable of 沧州."""
    period_opened()
    said, step = word(), word()
    county = Sheet(COUNTY)
    report, unit, figure = county.row.id, county.row.unit.code, county.figure.id
    with county.reporter() as here:
        told = [Told(indicator().id, Decimal(5), note="演示")]
        entry = Entry(report_id=report, actor=here.actor("test"), progress_words=f"按计划推进，{said}。", figures=told)
        save_reports([entry], now=WALKED_AT)
    named = {"report": str(report), "figure": str(figure)}
    yield Thing("report", said, COUNTY, takes_part=frozenset({unit}), named=named)
    milestone = milestone_planned(name=f"完成招标{step}")
    yield Thing("milestone", step, CITY, named={"milestone": str(milestone)})
