"""跟踪问效 · 时间表路线图: the milestones of a region as a list and as a chart, one task's roadmap, one milestone and its acts."""
