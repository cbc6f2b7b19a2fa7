"""What can be seen of visits: lists, one, the quarter's rounds, what to know before planning, and the one-page paper."""
