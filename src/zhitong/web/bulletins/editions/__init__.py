"""Editions at the screen: circulars and briefs from their draft to the register, and the check of their figures."""
