"""What can be found; every query takes the viewer and goes through the scope of the room that owns the thing."""
