"""Door 2: another system. It acts as the post its key was given to, through the same acts and queries as a person.

`door` opens the viewer's transaction around each operation, `failures` answers in one shape whatever went wrong,
`v1` has one file per resource.
"""
