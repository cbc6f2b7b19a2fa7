"""投诉举报（密封）: the complainant's pages, the receiver's desk, and the way out of the ordinary pool."""
