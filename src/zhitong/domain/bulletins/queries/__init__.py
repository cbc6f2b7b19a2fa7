"""The papers as queries: each reads how things stood at a cut-off time, for one reader, and gives the finished paper."""
