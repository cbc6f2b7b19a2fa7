"""跟踪问效 · 目标任务: the plans, who leads what, every target with the words it comes from; open to all signed in."""
