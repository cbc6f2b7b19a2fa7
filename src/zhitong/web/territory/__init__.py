"""设置 · 区划与单位: the standing order of government as pages, for officials: regions, units, lines, who is above whom."""
