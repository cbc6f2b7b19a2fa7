"""What may be a file here, told from its bytes."""
