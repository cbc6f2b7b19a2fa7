"""Supervision: pressing a matter that somebody else has to settle, and keeping what came of it.

Offices and the reporter remind (催办); offices above supervise with a numbered paper (督办单); leaders instruct (批示), and
a clerk registers their words. None of it moves a clock or changes who is accountable. Every pressing of a problem is an
urging with a window of two working days; the first act of the pressed unit in it is its effect.
Words: urging, remind, supervise, supervision, grade, instruction, read mark, item, effect.
"""
