"""What is kept of progress: duties to report, reports with figures and corrections, sources, standings and gates."""

from zhitong.domain.progress.models.reports import Correction, Duty, Figure, Report, Rulebook, Withdrawn
from zhitong.domain.progress.models.sources import Source, SourceFigure
from zhitong.domain.progress.models.standings import GateReading, Override, Standing

__all__ = [
    "Correction", "Duty", "Figure", "GateReading", "Override", "Report", "Rulebook", "Source", "SourceFigure", "Standing",
    "Withdrawn",
]
