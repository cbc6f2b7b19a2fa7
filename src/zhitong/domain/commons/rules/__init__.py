"""What makes problems alike, what is allowed with a common problem, and what its parts are called. Pure."""
