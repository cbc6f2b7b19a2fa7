"""Calendars: working days, office hours, periods, and the arithmetic of every limit.

Holidays and make-up days (调休上班) are kept as rows, year by year as the State Council publishes them; a year that is
not published yet is counted by weekdays and marked provisional.
"""
