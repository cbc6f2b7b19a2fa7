"""The ground that doubting and comparing share: how alike wordings are, where things stand in a plan, lists of names."""
