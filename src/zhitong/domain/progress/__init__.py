"""PROGRESS: how far the plan has come: who reports what for which period, the figures, the lights and the gates.

Words: a *duty to report* names the unit that reports a task in a region; a *report* is what it owes for one period,
with figures and words (本期进展、存在问题、下步打算); a *figure* is the value of an indicator in a region at a period's
end, missing when missing; a *standing* holds the figure against what was expected and gives the light; an *override*
is another light set by the level above, shown beside the computed one; a *gate reading* is a standing frozen on a day
of the campaign's calendar; a *source* is a system whose figures come in by themselves.
"""
