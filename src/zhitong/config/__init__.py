"""KEYS: settings, addresses and the server entry points."""
