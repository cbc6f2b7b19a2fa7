"""Backups: taken, proved by restoring them, brought back, thinned. One backup is one folder with a manifest in it."""
