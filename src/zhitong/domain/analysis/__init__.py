"""ANALYSIS: where time goes, what hurts, what the gates will bring, and the views people keep of it; it reads, and keeps only views."""
