"""What can be done about entry: invite, join, take a roster, send and try a code, note a presence."""
