"""What may be seen of cycles and decisions."""
