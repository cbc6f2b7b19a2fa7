"""What can be done with a common problem: establish, join and take out, answer all at once, write measures, close."""
