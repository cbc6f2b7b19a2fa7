"""What can be seen of entry: invitations open and spent, and who has come, who not."""
