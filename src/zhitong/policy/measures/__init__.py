"""Measures: values, units, comparators, kinds, scopes, deadlines, restatements, and the days of the campaign (R-C6)."""

from zhitong.policy.measures.measuring import Assigned, Measured, measures_in

__all__ = ["Assigned", "Measured", "measures_in"]
