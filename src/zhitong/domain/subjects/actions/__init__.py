"""What can be done with the served: register them, draw their lists, say who looks after them."""
