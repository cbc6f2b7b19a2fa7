"""The tags of the shell."""
