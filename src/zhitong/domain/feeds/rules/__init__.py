"""What a feed shows and how it is written: entries, changes, the calendar file. Pure."""
