"""INSPECTIONS (督查): an office goes and looks for itself, and what it finds is put right.

Words: an *inspection* is planned (方案: matters, objects, days) and approved by an inspection office before a *sample* is drawn;
a *finding* (发现问题) goes to its unit as a rectification (整改), which is answered, checked and closed. *Five in place* (五到位)
is what a unit says of its own preparation, beside what inspectors found. A difference between what was reported and what was
found is shown as such and changes neither.
"""
