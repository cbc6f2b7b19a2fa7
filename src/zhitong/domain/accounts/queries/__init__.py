"""What can be seen of accounts: how somebody stands before he is in, his sittings, who waits in a territory."""
