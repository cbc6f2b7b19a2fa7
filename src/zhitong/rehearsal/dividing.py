"""The cascade on the stage: the province divides every target of its tasks, its cities divide theirs, most regions accept.

Each target is divided by the weights of its kind (`weighing`). Sums stay exact all the way down: what is asked for waits
for an answer, or was kept as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import connection, transaction

from zhitong.domain.campaigns.package import CampaignPackage
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.rules.kinds import PostKind, Rank
from zhitong.domain.organisations.rules.rights import permissions_of, reach_of
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.actions.dividing.answering import accept, answer, ask
from zhitong.domain.plans.actions.dividing.drafting import draft, set_by_method
from zhitong.domain.plans.actions.dividing.issuing import issue
from zhitong.domain.plans.actions.dividing.standing import Turn
from zhitong.domain.plans.actions.weighing import load_weights
from zhitong.domain.plans.models import Share, WeightSet
from zhitong.domain.plans.queries.dividing.heads import TargetHead, divided_targets, heads_of
from zhitong.domain.plans.queries.dividing.incoming import has_receivers
from zhitong.domain.plans.rules.dividing import DivisionMethod, ShareState, why_not_divided
from zhitong.kit.clock import SHANGHAI, day_of
from zhitong.rehearsal.chance import chance
from zhitong.rehearsal.population.places import geography
from zhitong.rehearsal.stage import require_stage
from zhitong.rehearsal.story.actors import Cast
from zhitong.rehearsal.weighing import Weighing, weighing

COUNTED = "townships"
"""The weights of the campaign that say how large regions are."""
ISSUED = {Rank.PROVINCE: (2, 9), Rank.CITY: (2, 24), Rank.COUNTY: (2, 27)}
"""On which day (month, day) a region of a rank issues."""
GROWING = ("plans_target", "plans_target_term", "plans_division", "plans_share")
"""Tables that are empty before and hold thousands of rows after: the planner is told as they grow."""
ACCEPTED_AFTER = timedelta(days=3)
ACCEPTS = {Rank.CITY: 0.97, Rank.COUNTY: 0.94}
"""How much of what came down is accepted by the offices of a rank."""
ASKING_EVERY = 5
"""One in so many cities asks for less of one target; every second of them has been told that it stays."""
REASON, KEPT = "今年列入计划的项目比预计少，请予核减。（演示内容）", "经研究，全省任务已定，请挖掘潜力完成。（演示内容）"


@transaction.atomic
def divide(package: CampaignPackage) -> None:
    """Divide a campaign's targets from its region down as far as offices receive them, and let regions answer.

    Raises NotAStage: the database is a real one.
    """
    require_stage()
    weighed = _weighing(package)
    load_weights(package.code, weighed.sets)
    sets = dict(WeightSet.objects.filter(campaign=package.code).values_list("code", "id"))
    by = {code: sets[weights] for code, weights in weighed.by_indicator.items()}
    cast = Cast()
    for place, region in enumerate(_dividing(directory().root())):
        turn = _turn(region, cast, datetime(package.year, *ISSUED[region.rank], 10, tzinfo=SHANGHAI))
        heads = heads_of(divided_targets(package.code, [region.id]).filter(indicator__task__isnull=False))
        made = _divided([one for one in heads if not why_not_divided(one.asks)], by, sets[weighed.usual], turn)
        _answered(region, made, cast, turn)
        if place < 2:
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE " + ", ".join(GROWING))


def _weighing(package: CampaignPackage) -> Weighing:
    assert package.organisation is not None, "the province's package has the territory"
    regions = package.organisation.regions
    townships = next(one.values for one in package.weights if one.code == COUNTED)
    return weighing(regions, townships, geography(regions))


def _divided(heads: Sequence[TargetHead], by: Mapping[str, UUID], usual: UUID, turn: Turn) -> list[UUID]:
    """Draw up, work out by the weights of each kind, and issue the divisions of a region; returns them."""
    drafts = dict(zip([one.id for one in heads], draft([one.id for one in heads], turn), strict=True))
    kinds: dict[UUID, list[UUID]] = {}
    for one in heads:
        kinds.setdefault(by.get(one.code, usual), []).append(drafts[one.id])
    for weights_id, divisions in kinds.items():
        set_by_method(divisions, DivisionMethod.WEIGHT, turn, weights_id=weights_id)
    return issue(list(drafts.values()), turn, since=day_of(turn.now)) if drafts else []


def _dividing(region: RegionEntry) -> Iterator[RegionEntry]:
    """The regions that divide among others with offices of their own, each before those below it."""
    if has_receivers(region.id):
        yield region
        for below in directory().children(region.id):
            yield from _dividing(below)


def _turn(region: RegionEntry, cast: Cast, now: datetime) -> Turn:
    """The office of a region, acting as whoever is seated there."""
    office = directory().office(region.id)
    assert office is not None, "every region of the demonstration has an office or stands under one"
    actor, nobody = cast.actor(office.id), UUID(int=0)
    viewer = Viewer(
        actor.person_id or nobody, actor.post_id or nobody, office.id, office.kind, office.region_id, reach_of(office.kind), (),
        permissions_of(office.kind, PostKind.OFFICER),
    )
    return Turn(viewer=viewer, via="rehearsal", now=now)


def _answered(above: RegionEntry, division_ids: Sequence[UUID], cast: Cast, issuer: Turn) -> None:
    """Let the regions below accept most of what came; one in so many asks for less."""
    draw = chance("dividing", above.code)
    came: dict[UUID, list[Share]] = {}
    rows = Share.objects.filter(division__in=division_ids, state=ShareState.ISSUED.value).order_by("id")
    for share in rows:
        came.setdefault(share.region_id, []).append(share)
    for place, region in enumerate(directory().children(above.id)):
        shares = came.get(region.id, [])
        turn = _turn(region, cast, issuer.now + ACCEPTED_AFTER)
        asked = _asked(shares, turn, issuer, place) if above.rank is Rank.PROVINCE else None
        takes = [one.id for one in shares if one is not asked and draw.random() < ACCEPTS.get(region.rank, 1)]
        accept(takes, turn)


def _asked(shares: Sequence[Share], turn: Turn, issuer: Turn, place: int) -> Share | None:
    """The share that a city asks to be lessened, every so many cities; half of them were told that it stays."""
    large = [one for one in shares if one.value is not None and one.value >= 10 and one.value == one.value.to_integral_value()]
    if place % ASKING_EVERY != 3 or not large:
        return None
    share = large[place % len(large)]
    assert share.value is not None, "only filled shares are large"
    ask(share.id, turn, value=share.value - max(Decimal(1), share.value // 10), reason=REASON)
    if place % 2:
        answer(share.id, Turn(viewer=issuer.viewer, via=issuer.via, now=turn.now), value=None, words=KEPT)
    return share
