"""Common problems: many of the same, found by likeness, joined by a person, solved once and answered to everybody.

A member stays a problem of its own, with its one accountable unit, its clocks and its reporter who confirms for himself;
what is common is the lead unit, the answer that goes to all, and the measures that keep the same from coming again.
Words: common problem, member, treatment, lead, alike, measure, adopt.
Source: REQUIREMENTS R-F8; 冀发〔2018〕7号 四（四）（七）.
"""
