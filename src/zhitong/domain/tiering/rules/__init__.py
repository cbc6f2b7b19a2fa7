"""Judging a whole batch by a standard, diagnosing from dated facts, and standing on ladders. Pure."""
