"""目标任务 · 政策文件: papers taken in, read beside the draft of their plan, corrected, published, compared."""
