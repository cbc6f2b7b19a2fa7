"""问题分发: a problem's page and the acts on it, the lists and the ledger, the office's desk for dispatch."""
