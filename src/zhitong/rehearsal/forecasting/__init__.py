"""Forecasts held against invented years: how targets really came in is drawn first, then told month by month with all that goes wrong.

    checked = check(seed)        what was foretold in April, June, August and October, against what had been drawn
"""
