"""The parts of an official paper as Word keeps them: styles and pages, runs of words, heads, blocks, feet."""
