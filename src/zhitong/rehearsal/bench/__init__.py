"""The bench: how fast the busiest act is, beside PostgreSQL writing the very same rows; and what the lists cost.

Everything runs on a scratch database, made for it and dropped afterwards; the working one is never touched.
"""
