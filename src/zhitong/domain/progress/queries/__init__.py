"""What can be seen of progress; every query takes the viewer and shows nothing outside the viewer's own territory."""
