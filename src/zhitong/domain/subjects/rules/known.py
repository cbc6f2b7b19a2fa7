"""What figures are known of the served, and where each came from. Pure."""

from __future__ import annotations

from zhitong.kit.choices import Word


class Known(Word):
    """A figure that is kept by period; money in yuan, heads as whole numbers."""

    REVENUE = "revenue_cny", "营业收入"
    PROFIT = "profit_cny", "利润总额"
    TAX = "tax_cny", "上缴税金"
    ASSETS = "assets_cny", "资产总额"
    LIABILITIES = "liabilities_cny", "负债总额"
    EMPLOYEES = "employees", "从业人数"
    RESEARCH = "research_cny", "研发投入"
    INVESTED = "invested_cny", "完成投资"
    HATCHED = "hatched_firms", "在孵企业数"


class FactSource(Word):
    """Where a figure came from."""

    REGISTRY = "registry", "登记"
    CARD = "card", "卡片填报"
    SHEET = "sheet", "表格导入"
    SYSTEM = "system", "系统接入"
