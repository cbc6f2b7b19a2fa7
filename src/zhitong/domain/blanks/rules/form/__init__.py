"""Looking at a form as it came: opened warily, its tables and gaps found, drawn as people see it. Pure."""
