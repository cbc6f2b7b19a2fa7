"""What can be seen of other systems."""
