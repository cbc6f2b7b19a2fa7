"""What can be done with an office's papers."""
