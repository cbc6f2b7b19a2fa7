"""Who may press whom and when, how a supervision moves, how long an effect is waited for. Pure."""
