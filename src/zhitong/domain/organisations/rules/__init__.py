"""What is allowed and what things are called in the territory and organisation of government. Pure."""
