"""What is allowed with proposals: kinds, states, weighing. Pure."""
