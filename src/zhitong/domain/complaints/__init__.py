"""Complaints: what somebody has to say against a person or an office, sealed from the first word to the last.

A complaint goes to a designated receiver one level above those it is about. Nobody else, whatever his reach, sees a
trace of it: no list, no search, no count, no line, no territory. It ends in two ways only: referred (移送) to the body
that is competent, or the complainant notified (告知). Nobody rates it and nothing of it is scored.
Words: complaint, complainant, accused, receiver, holder, receipt number, unnamed, refer, notify.
Source: REQUIREMENTS R-F13; 渤新管字[2018]168号 四（一）.
"""
