"""What can be done with reports, standings and gates."""
