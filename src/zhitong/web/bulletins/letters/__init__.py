"""The papers about matters at the screen: those of one, and one file of many that were ticked."""
