"""Pacing: how fast one person, one address or one key may ask, so that nobody's haste keeps the others waiting.

A bucket fills with time and is emptied by asking; what is asked matters (a document costs more than a look). Kept in the
database, so that all processes count together, without a log: after a crash everybody begins anew.
Words: pace, bucket, asking (the kind of what is asked), asker. Source: R-A3, GB/T 22239-2019 8.1.4.1, ASVS 5.0 2.4.1.
"""
