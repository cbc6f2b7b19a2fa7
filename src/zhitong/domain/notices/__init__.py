"""Notices: messages for units and the people in them. They arise only from facts, in `work.reactions`.

A notice names a thing and says why it matters to the reader; it holds no content of the thing, so nothing leaks by it.
Words: notice, read mark.
"""
