"""Intake: what comes in by another door, told afterwards, by list, by hotline, in a meeting or by delegates, becomes a problem.

Words: record (补录), screening (问题大排查), order (热线工单), symposium (座谈会), suggestion (代表委员建议).
"""
