"""What can be done with a complaint: bring it, take it out of the ordinary pool, handle it, refer it, notify."""
