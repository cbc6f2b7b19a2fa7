"""What can be seen of progress."""
