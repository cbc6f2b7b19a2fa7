"""跟踪问效 · 进度: how the plan stands in a region, in a department, beside another region; every number opens to its rows."""
