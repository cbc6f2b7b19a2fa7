"""What a blank is, where its tables and gaps are, which of our fields they ask for, and how they are filled. Pure."""
