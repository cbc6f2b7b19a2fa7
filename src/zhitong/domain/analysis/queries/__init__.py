"""What can be read out of the rows and the kept counts of the rooms below."""
