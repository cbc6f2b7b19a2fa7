"""What holds for accounts: protection by level, passwords, waiting, one-time codes, sittings."""
