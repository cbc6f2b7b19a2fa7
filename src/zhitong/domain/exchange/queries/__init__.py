"""What can be seen of uploads: the unit's own, row by row, and what goes out to be filled in."""
