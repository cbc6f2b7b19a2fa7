"""A world with something in every scene of the wall."""

from __future__ import annotations

from datetime import timedelta

from tests.cast import Story
from tests.problems.ways import Raise, confirmed
from tests.progress import watched as made
from tests.web.portal.conftest import open_april
from tests.world import NOW
from zhitong.domain.plans.rules import Light
from zhitong.domain.problems.actions.closing import CloseOff, close_off
from zhitong.kit import clock

YESTERDAY = NOW - timedelta(days=1)
SECRET = "演示保密内容不外传"


def closed(raised: Raise, **more: object) -> Story:
    """Raised, answered, confirmed and closed off yesterday."""
    story = raised(now=YESTERDAY, **more)
    story.now = YESTERDAY
    confirmed(story).does("zone_office", close_off, CloseOff)
    return story


def fill(raised: Raise) -> None:
    """One problem closed, one open, one confidential; a round of cards; three targets with their lights."""
    with clock.held_at(NOW):
        closed(raised)
        raised(category="land")
        raised(category="talent", confidential=True, text=SECRET)
        open_april()
        made.lit(["1309"], (Light.GREEN, Light.RED, Light.AMBER))
