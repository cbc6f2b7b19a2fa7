"""PLACE 目标任务报告: what a unit owes, its sheet, the desks of approving and accepting, corrections, sources, the meter."""
