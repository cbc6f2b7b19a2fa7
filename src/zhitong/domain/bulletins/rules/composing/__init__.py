"""Composing a circular and a brief from what was counted: words with figures in them, and ranking annexes. Pure."""
