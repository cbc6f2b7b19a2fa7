"""DOOR 1: a person at a screen; one folder per place in the menu."""
