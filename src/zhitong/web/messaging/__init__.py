"""消息设置 and 消息送达: where one is reached and how, and what did not arrive."""
