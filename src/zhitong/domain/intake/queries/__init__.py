"""What can be seen of what came in."""
