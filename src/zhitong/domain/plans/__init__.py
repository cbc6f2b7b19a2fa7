"""PLANS: what a campaign has set out to do: tasks, who leads them, indicators, targets and the gates of the year.

Words: a *plan* is one document for one region, compiled into data; a *task* has units in roles and perhaps a parent
task one level up; an *indicator* is what is measured, a *target* the value to reach in a region by a day; a *gate* is
a day of the campaign's calendar on which something must stand. Each remembers its clause: document, start, end.
"""
