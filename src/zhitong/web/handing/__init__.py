"""交接: posts that change hands, units that end."""
