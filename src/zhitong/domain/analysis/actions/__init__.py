"""What can be done: keep a view, name it anew, share it, delete it."""
