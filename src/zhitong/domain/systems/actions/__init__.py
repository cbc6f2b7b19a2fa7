"""What can be done with other systems."""
