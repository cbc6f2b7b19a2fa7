"""跟踪问效 · 民生微实事: proposals and the list of a territory, one proposal, the forms of its acts."""
