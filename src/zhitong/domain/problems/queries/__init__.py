"""What can be seen of problems; every query takes the viewer and goes through scope."""
