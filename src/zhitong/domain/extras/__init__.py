"""EXTRAS: what a place does beside the plan: 民生微实事, special clusters, micro firms: proposed from the township up,
weighed, listed, carried through.

Words: a *proposal* (申报) is weighed (评议) by the office against *criteria* of the campaign, listed (列入清单) or not,
sent up (推荐上级), done, and its residents asked (群众评价).
"""
