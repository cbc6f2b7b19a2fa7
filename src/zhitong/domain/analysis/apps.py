"""Django's handle on the analysis room."""

from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    """What the rows of the lower rooms show."""

    name = "zhitong.domain.analysis"
    label = "analysis"
