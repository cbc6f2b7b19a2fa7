"""成果分析 · 大屏: a dark page without the frame whose scenes follow one another; totals only, nobody's name."""
