"""Setting terms, doing what they say, holding rows back, and erasing a person."""
