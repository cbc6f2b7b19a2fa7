"""What comes in by other doors: 补录, 问题大排查, 热线转办, 座谈会, 代表委员建议."""
