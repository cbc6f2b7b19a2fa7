"""Search: anything one may see, found by words, with what was looked for marked where it stands."""
