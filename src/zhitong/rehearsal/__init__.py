"""The stage: an invented province to rehearse in: its population, its story, its people; and the bench.

Everything here refuses a database that is not marked as a demonstration, and everything invented says 演示.
The same seed gives the same population, names and story on every machine.
"""
