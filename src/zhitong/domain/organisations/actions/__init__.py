"""What can be done with the organisation: loading it from a package, seating people, handing out API keys, keeping time."""
