"""What is allowed of what comes in: pure."""
