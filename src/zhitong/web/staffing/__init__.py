"""单位与人员: who administers a territory opens units and posts, seats, moves and lets stand in."""
