"""Papers of meetings: the notice, the minutes, the list of decisions."""
