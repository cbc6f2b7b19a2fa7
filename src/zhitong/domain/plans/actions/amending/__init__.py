"""Changing a plan after it was issued: drafted by a region's campaign office, decided by the office above, applied."""
