"""Official papers: what one says as parts (`shapes`), laid out as GB/T 9704-2012 asks, as Word and as PDF."""
