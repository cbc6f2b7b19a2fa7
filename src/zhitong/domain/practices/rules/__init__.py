"""What pieces are, what may be done with them, and which of them tell the same. Pure."""
