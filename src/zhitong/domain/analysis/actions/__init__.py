"""What analysis keeps: views that people name and share, and forecasts made from what was reported."""
