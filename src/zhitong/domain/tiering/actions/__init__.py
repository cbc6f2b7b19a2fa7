"""What can be done: keep a run, adopt it, overrule it by hand, diagnose, move on a ladder."""
