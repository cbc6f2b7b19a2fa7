"""What can be done with a paper: take in, correct, judge doubts, link names, publish, compare, withdraw."""
