"""What can be seen of blanks, and what the house answers to them for a reader, a cut-off time and a region."""
