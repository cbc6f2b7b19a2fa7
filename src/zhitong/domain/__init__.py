"""THE HOUSE: rooms stacked so that each knows only the rooms below it."""
