"""What can be seen of tiering: standards in force, runs by name, moves, diagnoses, ladders. Every one takes the viewer."""
