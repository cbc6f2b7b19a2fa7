"""The place where an office has its papers made: the desk of papers and the files it gives out."""
