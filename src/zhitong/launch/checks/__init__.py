"""What `zhitong doctor` looks at on this floor: the machine and the database."""
