"""Failures that the person at the keyboard can mend: they are shown as a sentence, never as a traceback."""

from __future__ import annotations


class Trouble(Exception):
    """Something outside the program stands in the way; the text says what, and what to do next."""
