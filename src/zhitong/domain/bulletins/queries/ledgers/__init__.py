"""The papers of a territory at a cut-off time: lists and tables as Excel, and what a meeting of units is called with."""
