"""What can be seen of the served: lists through a lens, one with its care and lists, one's own, and the numbers."""
