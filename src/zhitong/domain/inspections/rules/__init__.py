"""What is planned, drawn, found and put right, as words and rules."""
