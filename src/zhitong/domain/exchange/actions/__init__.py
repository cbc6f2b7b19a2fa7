"""What can be done with an upload: stage, map, commit, undo, drop."""
