"""What is allowed with a sealed complaint, who receives it, and what its parts are called. Pure."""
