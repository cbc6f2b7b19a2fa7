"""推进调度: the meetings that come round, one of them with its phases, and what they decided."""
