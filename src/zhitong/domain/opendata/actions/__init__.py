"""Laying the schema of views."""
