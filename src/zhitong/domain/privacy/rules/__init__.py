"""What is shown of people, and when the whole may be looked at. Pure."""
