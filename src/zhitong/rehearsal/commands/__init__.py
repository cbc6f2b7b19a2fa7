"""The commands of the stage; each is read before Django is set up, so the rooms are imported when it runs."""
