"""What the served are called, how their codes are checked, and which level helps whom. Pure."""
