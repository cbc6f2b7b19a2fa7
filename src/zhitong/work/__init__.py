"""DOOR 3: the clock and the queue: what follows from facts, and what is due."""
