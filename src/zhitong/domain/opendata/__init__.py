"""OPENDATA: a read-only schema of views for other tools, each row through both walls."""
