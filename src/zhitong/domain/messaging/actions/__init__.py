"""What can be done: proving addresses, keeping habits, planning, composing and sending."""
