"""DOOR 5: screens that stay open: a stream that says which topics have moved, never what stands in them."""
