"""What can be done with reports (who owes them, opening, entering, approving, correcting, fetching), standings and gates."""
