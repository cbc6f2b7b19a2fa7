"""服务对象: the registry through one's lenses, and one of the served with its care, lists, tier, problems and cards."""
