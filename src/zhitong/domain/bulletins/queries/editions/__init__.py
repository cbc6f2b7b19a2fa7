"""Editions: drawn from the facts of one moment, listed, opened by who may, and printed."""
