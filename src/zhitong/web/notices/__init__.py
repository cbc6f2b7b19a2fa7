"""消息: what this unit has been told, unread first."""
