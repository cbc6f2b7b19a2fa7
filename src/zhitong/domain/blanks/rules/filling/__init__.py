"""Filling a form: rows added where there are too few, values in the form's own habit, what is not known marked. Pure."""
