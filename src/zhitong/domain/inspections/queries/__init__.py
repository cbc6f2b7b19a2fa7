"""What may be seen of inspections."""
