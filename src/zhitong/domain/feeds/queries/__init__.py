"""What can be seen: what falls due for a viewer, and whose feed an address is."""
