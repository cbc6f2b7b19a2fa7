"""表式: the register of all forms, one with its versions, and the builder where they are drawn up."""
