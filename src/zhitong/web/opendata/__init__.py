"""开放数据: what other tools may read, how they connect, files to take along, and the keys they come in with."""
