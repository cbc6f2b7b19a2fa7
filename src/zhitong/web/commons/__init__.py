"""共性问题: what the system finds alike, the ledger, one common problem and the acts on it, and its place on a member's page."""
