"""Bulletins: the papers an office puts out, drawn from the facts of one moment: slips, letters, ledgers, circulars, briefs.

A paper is made for its reader and a cut-off time, and says the same whenever it is made again for that time. What is issued
(an edition) is checked, signed, numbered without gaps and never changed afterwards.
"""
