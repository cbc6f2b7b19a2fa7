"""谁能看到: which posts see a case or one of the served, and what a person can do, each with its reason."""
