"""What is kept how long, which terms are too short, when a day's run begins. Pure."""
