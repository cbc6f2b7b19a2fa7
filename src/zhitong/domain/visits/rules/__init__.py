"""What is allowed on visits: kinds, when to go together, what may be settled. Pure."""
