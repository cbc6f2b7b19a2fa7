"""Blanks (套表): the upper level's own empty table, pointed to our fields once and filled for any period and scope since.

The layout stays the sender's: merged heads, notes and signature lines as they came. What we do not know is marked, never made up.
Words: blank, version, pointing (which column is which field), grain (what one row is), gap (a blank within a text), filling,
handwritten (what a unit fills in where we know nothing, offered again).
Source: REQUIREMENTS R-H8.
"""
