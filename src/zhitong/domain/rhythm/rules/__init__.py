"""Kinds of cycles, what an agenda is made of, and how a cycle and a decision go on, as words and rules."""
