"""The story of the demonstration: three thousand problems from March to the morning of 17 September 2018.

Who raises what and when is drawn beforehand (`casting`), with a fate that says how far it climbs and how it ends
(`fates`); the acts of the house are called in batches (`playing`), as their own units and at their own times.
"""
