"""What hurts: hot spots, rising themes and common problems of a region in a period, through the viewer's scope."""
