"""START: one command prepares, serves, works and explains itself."""
