"""Dividing targets (目标分解): how far it has come, one target's division, what came down to a region, the weights."""
