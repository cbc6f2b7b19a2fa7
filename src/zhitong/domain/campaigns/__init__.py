"""Campaigns 活动: a named drive of a year, which comes as a package: data, not code.

A package is a folder of files a person can read. Each room parses and checks its own part; here the parts are put
together, checked against each other, and loaded. Here, too, stands what this installation is: real, or a
demonstration with a clock of its own.
"""
