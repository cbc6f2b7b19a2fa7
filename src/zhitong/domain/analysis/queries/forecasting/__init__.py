"""Forecasts: the grounds they are made from, for the worker; and the ones kept, as may be seen."""
