"""走访: whom we must visit, visits planned and made, one written down, the one-page paper, and the firm's own page."""
