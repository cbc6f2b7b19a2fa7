"""What an office's papers are and what may be done with them."""
