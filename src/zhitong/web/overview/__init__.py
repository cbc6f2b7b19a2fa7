"""成果分析 · 总览: how problems stand in a region, in each region below it, and by what they are about."""
