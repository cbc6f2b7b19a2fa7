"""What the bulletins room keeps: editions with their wordings and figures, checks of figures, numbers with their counters."""

from zhitong.domain.bulletins.models.check import FigureCheck
from zhitong.domain.bulletins.models.edition import Edition, EditionFigure, Wording
from zhitong.domain.bulletins.models.number import PaperNumber, Series

__all__ = ["Edition", "EditionFigure", "FigureCheck", "PaperNumber", "Series", "Wording"]
