"""What can be seen: the papers of an office and those published around it, the desk, cases, comparisons."""
