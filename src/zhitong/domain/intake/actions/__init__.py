"""What can be done with what comes in by another door."""
