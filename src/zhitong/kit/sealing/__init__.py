"""Sealing values that a table keeps: encrypted under a key of the installation, bound to the place where they stand.

`ring` reads the keys, `values` seals and opens, `columns` are the fields that models use, `again` seals stored values
anew after the keys have changed. The keys come from the environment or a file of the installation alone and never stand
in the database. docs/decisions/0047.
"""
