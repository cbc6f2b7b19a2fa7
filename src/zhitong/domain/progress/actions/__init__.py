"""What can be done with reports, from who owes them to their correction, and with standings and gates."""
