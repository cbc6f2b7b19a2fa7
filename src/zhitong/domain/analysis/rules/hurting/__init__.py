"""What hurts: hot spots against expectation, themes that rise, in the words of the problems. Pure."""
