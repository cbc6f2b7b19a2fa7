"""留痕审计: what the auditor of a region reads: how the chain stands, the facts of his territory, one fact and its seal."""
