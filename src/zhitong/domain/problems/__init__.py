"""Problems: one matter that holds somebody back, from the moment it is reported to its close-off.

A problem goes straight to the lowest unit that can solve it, climbs step by step when that unit cannot, and returns as
an answer the reporter confirms. There is always exactly one accountable unit. The way is a table that can be read
(`rules.way`), the decisions are pure, and every act writes the same few set-based statements (`actions.writing`).
Words: problem, nature, category, spell, party, proposal, escalation, relay, answer, rating, review, close-off.
"""
