"""What can be seen of complaints: by the complainant's own unit and the bodies that hold or held them, and nobody else."""
