"""What can be seen: the proposals of a territory, the list of a region, one proposal, what waits."""
