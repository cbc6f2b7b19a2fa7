"""What figures are told for and what is kept of a way of looking: pure."""
