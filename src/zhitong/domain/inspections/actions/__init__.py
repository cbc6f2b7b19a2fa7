"""What is done in an inspection, one function an act."""
