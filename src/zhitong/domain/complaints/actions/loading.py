"""Loading who receives complaints in a campaign; loading the same again changes nothing."""

from __future__ import annotations

from django.db import transaction

from zhitong.domain.complaints.models import Rulebook
from zhitong.domain.complaints.package import ComplaintsPackage
from zhitong.kit.keeping import Loaded, keep


@transaction.atomic
def load(package: ComplaintsPackage, *, campaign: str) -> Loaded:
    """Make the rulebook of a campaign that of the package; complaints under way keep receiver and limits."""
    return keep(
        Rulebook.objects.filter(campaign=campaign), ("campaign",),
        {(campaign,): {
            "receivers": list(package.receivers), "acknowledge_workdays": package.acknowledge_workdays,
            "notify_workdays": package.notify_workdays, "source": package.source,
        }},
    )[1]
