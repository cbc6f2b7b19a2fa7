"""What is allowed on a problem's way, where it is sent, and how long each stage may take. Pure."""
