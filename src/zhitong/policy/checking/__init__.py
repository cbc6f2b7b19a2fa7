"""Doubts about one plan: contradictions, sums, listings, impossible values, names, duties, numbering; and the sums that hold (R-C6).

Every finding carries a severity, a sentence with the places it quotes, and their spans in the text as read. A finding that
`holds` is no doubt: it says what was checked and is right. Doubts prefer silence to noise: what a careful reader would not
call a doubt is left out.
"""

from __future__ import annotations

from zhitong.policy.checking.contradictions import contradictions
from zhitong.policy.checking.dates import dates
from zhitong.policy.checking.duties import duties
from zhitong.policy.checking.enumerations import enumerations
from zhitong.policy.checking.kinds import SEVERITIES
from zhitong.policy.checking.levels import levels
from zhitong.policy.checking.listings import listed_works
from zhitong.policy.checking.measurable import damages, unmeasured
from zhitong.policy.checking.names import two_names
from zhitong.policy.checking.numbering import numbering
from zhitong.policy.checking.rates import impossible_rates
from zhitong.policy.checking.sums import sums
from zhitong.policy.checking.titles import titles
from zhitong.policy.ground.standing import Ground
from zhitong.policy.shapes import Finding, Plan

DOUBTS = (
    contradictions, levels, sums, listed_works, enumerations, impossible_rates, dates, two_names, duties, titles,
    numbering, unmeasured, damages,
)  # fmt: skip


def check(plan: Plan) -> tuple[Finding, ...]:
    """All that is doubtful, gravest first and in order of the text, then what holds; the same plan gives the same findings."""
    ground = Ground(plan)
    found = dict.fromkeys(finding for doubt in DOUBTS for finding in doubt(ground))
    return tuple(sorted(found, key=_order))


def _order(finding: Finding) -> tuple[bool, int, int, str, str]:
    first = min((start for start, _end in finding.spans), default=0)
    return finding.holds, list(SEVERITIES).index(finding.severity), first, finding.kind, finding.message
