"""成果分析 · 完成预测: whether targets will be reached by their gates and days, what would have to come, and how sure that is."""
