"""What can be done with pieces: submitted, judged, used, published, joined to the problems they solved."""
