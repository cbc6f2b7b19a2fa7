"""成果分析 · 问题热点: what comes beyond expectation, which themes rise, what many firms wait for, each with its rows."""
