"""What is allowed with papers: kinds, states, corrections replayed, doubts told apart, a draft written as a plan. Pure."""
