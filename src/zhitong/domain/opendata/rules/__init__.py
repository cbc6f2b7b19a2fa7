"""What is open: the sets with their columns, what may be asked of them, and how rows become files. Pure."""
