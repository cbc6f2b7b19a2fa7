"""DOOR 4: a person at a terminal."""
