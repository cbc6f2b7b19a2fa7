"""目标: the values to reach in a region with every value they had, and the curve of expected progress."""
