"""What can be seen of reports, standings and gates."""
