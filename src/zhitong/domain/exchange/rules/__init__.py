"""What an upload is, what its columns can be, and how a cell is read. Pure."""
