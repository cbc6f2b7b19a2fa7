"""What may be done with a report, where a figure comes from and how good it is. Pure."""

from zhitong.domain.progress.rules.reports import FigureOrigin as FigureOrigin
from zhitong.domain.progress.rules.reports import GateResult as GateResult
from zhitong.domain.progress.rules.reports import Quality as Quality
from zhitong.domain.progress.rules.reports import ReportState as ReportState
