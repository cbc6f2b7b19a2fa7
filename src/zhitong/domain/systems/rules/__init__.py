"""What is allowed of other systems. Pure."""
