"""填报: who owes a card in a round, how far collection is, one card for reading, and its review by the office."""
