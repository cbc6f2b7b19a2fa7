"""What analysis keeps."""

from zhitong.domain.analysis.models.forecast import Forecast

__all__ = ["Forecast"]
