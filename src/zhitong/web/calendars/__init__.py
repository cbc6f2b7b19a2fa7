"""设置 · 工作日历: a place's year at a glance, its office hours, what may be entered, and the sum of any limit."""
