"""我的账号 and 登录保护: the steps before one is in, one's own locks and sittings, and what an administrator may open."""
