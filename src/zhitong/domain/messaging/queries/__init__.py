"""What can be seen: settings of one's own, what went out and what failed, how channels stand."""
