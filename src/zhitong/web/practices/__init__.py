"""稿件: what units write of their work, what is published of it, and how often whose was used."""
