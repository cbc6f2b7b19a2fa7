"""分包帮扶: how far everybody has an owner, who has none, what each official carries, proposals, and saying who it is."""
