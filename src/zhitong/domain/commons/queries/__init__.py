"""What can be seen of common problems: those found, the ledger, one of them, and what a member's page says."""
