"""What can be done: remind, supervise, register an instruction and follow it up, note what came of it."""
