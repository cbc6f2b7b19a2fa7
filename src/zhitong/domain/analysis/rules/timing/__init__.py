"""Where time goes: what is work and what is waiting, what loops, what holds things up. Pure."""
