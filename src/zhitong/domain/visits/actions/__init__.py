"""What can be done: plan and join visits, record them, confirm them, say whether promises were kept."""
