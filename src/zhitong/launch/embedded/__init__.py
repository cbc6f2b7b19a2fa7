"""The PostgreSQL that comes with the package: made, started and stopped by us, for this installation alone.

`place` says where it lives and as whom it runs, `binaries` which programs it runs, `server` makes, starts and
stops it, `lease` lets many commands share one running server.
"""
