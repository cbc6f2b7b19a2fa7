"""DOOR 2: another system."""
