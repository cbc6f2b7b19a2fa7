"""Who a key is: the person, the post, how far it sees and what it may do."""

from __future__ import annotations

from ninja import Router

from zhitong.api.door import Request, reads
from zhitong.api.words import Labelled, Named, Shape, labelled, named
from zhitong.domain.organisations.queries import directory, person_names, post_titles, unit_names
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.problems.rules.lenses import lenses_of

router = Router()


class UnitOfMe(Shape):
    """The unit of the post; one of the served has no code."""

    code: str | None
    name: str
    kind: Labelled


class Me(Shape):
    """The post that this key acts as."""

    person: str
    post: str
    unit: UnitOfMe
    region: Named
    reach: Labelled
    permissions: list[Labelled]
    lenses: list[Labelled]


@reads(router, "/me", answer=Me, summary="本密钥代表的岗位：能看多远、能办什么")
def me(request: Request) -> Me:
    """The post behind the key."""
    viewer, here = request.viewer, directory()
    unit = here.units.get(viewer.unit_id)
    name = unit.name if unit else unit_names([viewer.unit_id])[viewer.unit_id]
    return Me(
        person=person_names([viewer.person_id])[viewer.person_id], post=post_titles([viewer.post_id])[viewer.post_id],
        unit=UnitOfMe(code=unit.code if unit else None, name=name, kind=labelled(viewer.unit_kind)),
        region=named(here.regions[viewer.region_id]), reach=labelled(viewer.reach),
        permissions=[labelled(one) for one in Permission if viewer.may(one)],
        lenses=[labelled(lens) for lens in lenses_of(viewer)],
    )
