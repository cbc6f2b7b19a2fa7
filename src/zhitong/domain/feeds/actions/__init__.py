"""What can be done: opening and closing a feed, and reading it."""
