"""What the three administrators see of retention: terms, what would go today, the days' runs, holds, who was erased."""
