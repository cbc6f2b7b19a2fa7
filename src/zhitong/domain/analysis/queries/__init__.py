"""What the rows of the lower rooms show, and the views people keep of it."""
