"""What can be seen of pieces: one's own and a territory's, what is published, how many of whom were adopted and used."""
