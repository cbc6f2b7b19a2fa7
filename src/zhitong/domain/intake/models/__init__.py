"""What is kept of what comes in: sheets on their way, hotline orders, screenings with their ledger, symposia."""

from zhitong.domain.intake.models.hotline import ColumnsKept, Order
from zhitong.domain.intake.models.screening import Item, Screening
from zhitong.domain.intake.models.staging import Sheet, SheetRow
from zhitong.domain.intake.models.symposium import Guest, Matter, Symposium

__all__ = ["ColumnsKept", "Guest", "Item", "Matter", "Order", "Screening", "Sheet", "SheetRow", "Symposium"]
