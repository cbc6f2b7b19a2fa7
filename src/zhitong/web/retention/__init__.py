"""保存期限: how long things are kept, what would go today, what is held back, and erasing a person."""
