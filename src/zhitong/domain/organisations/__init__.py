"""Organisations: the territory (块), the lines of work (条线), the units, their posts and the people in them.

Work belongs to a unit and climbs from unit to unit along its line; persons hold posts, with dates, and act as one of
them. Here is also the one gate for what a viewer may see: `scope`.
Words: region, rank, line, unit, post, tenure, person, viewer, reach, counterpart.
"""
