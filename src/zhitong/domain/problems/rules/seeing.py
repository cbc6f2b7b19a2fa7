"""By which clause a unit sees a problem: each is one branch of the wall. Pure."""

from __future__ import annotations

from zhitong.kit.choices import Word


class Clause(Word):
    """Why a problem is seen. Source: DESIGN principle 3; R-F13."""

    REPORTER = "reporter", "反映单位"
    PARTY = "party", "参与或参与过办理"
    TERRITORY = "territory", "看本辖区全部"
    LINE = "line", "看本辖区本条线（企业要求保密的除外）"
    OPEN = "open", "看本辖区不保密的"
