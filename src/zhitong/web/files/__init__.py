"""Opening a file that stands beside a thing, or waits in a form."""
