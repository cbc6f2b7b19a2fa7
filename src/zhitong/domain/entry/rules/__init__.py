"""What an invitation allows, how phones are written, and when somebody counts as come. Pure."""
