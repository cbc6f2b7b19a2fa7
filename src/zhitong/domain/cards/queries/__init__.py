"""What can be seen of cards: what I must fill in, one card to fill in, the cards of a region, how far collection is."""
