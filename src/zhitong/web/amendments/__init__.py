"""调整: amendments of a plan as list, draft and notice."""
