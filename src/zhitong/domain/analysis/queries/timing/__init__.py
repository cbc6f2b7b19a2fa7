"""Where time goes: the stays that ended in a period and those that have not ended, through the viewer's scope."""
