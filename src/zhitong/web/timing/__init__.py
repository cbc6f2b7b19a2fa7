"""成果分析 · 办理时长: where time goes, against limits and the last period; every figure opens to the passages behind it."""
