"""What the bulletins room keeps: editions with their wordings and figures, checks of figures, numbers with their counters, templates."""

from zhitong.domain.bulletins.models.check import FigureCheck
from zhitong.domain.bulletins.models.edition import Edition, EditionFigure, Wording
from zhitong.domain.bulletins.models.number import PaperNumber, Series
from zhitong.domain.bulletins.models.template import PaperTemplate

__all__ = ["Edition", "EditionFigure", "FigureCheck", "PaperNumber", "PaperTemplate", "Series", "Wording"]
