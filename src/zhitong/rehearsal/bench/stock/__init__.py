"""STOCK: databases of very many problems, kept between runs, on which lists, searches and overviews are measured.

A few thousand problems are played through the acts of the house; their rows are then written again and again with new
ids by one INSERT … SELECT for each table and batch (twins), so that `problems verify` holds for all of them as it does
for those played. Each stage is remembered: a run that was cut off goes on where it stopped.
"""
