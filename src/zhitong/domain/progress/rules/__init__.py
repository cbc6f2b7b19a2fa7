"""What may be done with a report, where a figure comes from and how good it is. Pure."""

from zhitong.domain.progress.rules.reports import COUNTS as COUNTS
from zhitong.domain.progress.rules.reports import UNSENT as UNSENT
from zhitong.domain.progress.rules.reports import FigureOrigin as FigureOrigin
from zhitong.domain.progress.rules.reports import GateResult as GateResult
from zhitong.domain.progress.rules.reports import Mark as Mark
from zhitong.domain.progress.rules.reports import Quality as Quality
from zhitong.domain.progress.rules.reports import ReportFact as ReportFact
from zhitong.domain.progress.rules.reports import ReportState as ReportState
