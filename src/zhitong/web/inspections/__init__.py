"""督查: plans and their page, the rectification list, five in place."""
