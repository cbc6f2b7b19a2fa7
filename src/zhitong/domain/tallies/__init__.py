"""Tallies: counts exact at commit, whose cost does not grow with what is counted.

An act posts −1 for the old cell and +1 for the new one in its own transaction; nobody waits for a hot row. Folding
moves postings into cells and writes every node above. Read = folded + unfolded. The room knows no domain word: a cut
has a name, a node of a tree and up to three more dimensions, all of them ids or short words.
"""
