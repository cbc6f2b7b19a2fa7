"""What analysis keeps: the views people save, and the forecasts the worker makes."""

from zhitong.domain.analysis.models.forecast import Forecast
from zhitong.domain.analysis.models.view import SavedView

__all__ = ["Forecast", "SavedView"]
