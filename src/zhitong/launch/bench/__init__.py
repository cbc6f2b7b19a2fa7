"""`zhitong bench`: what the house costs beside PostgreSQL doing the same alone."""
