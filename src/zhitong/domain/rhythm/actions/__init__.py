"""What is done in a cycle: opened, prepared, called, held, published, filed; and with its decisions."""
