"""What can be seen of dividing: a target to be divided, its divisions, what came to a region, what waits for whom."""
