"""日程订阅: the calendar of what falls due, by an address of one's own."""
