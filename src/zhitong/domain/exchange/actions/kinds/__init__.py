"""One file for each kind of upload: how its rows are judged, committed and taken back, in batches."""
