"""What can be done with blanks: send one, point its columns, fill it, hand back what was written, drop it."""
