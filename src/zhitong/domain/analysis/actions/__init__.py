"""What analysis keeps: forecasts made from what was reported."""
