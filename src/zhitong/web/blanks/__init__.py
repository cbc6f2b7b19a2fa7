"""套表: the forms that upper levels send, pointed once and filled since."""
