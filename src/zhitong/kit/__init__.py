"""TOOLS: what every room may use; no word of the domain in it."""
