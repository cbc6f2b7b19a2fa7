"""DOOR 5: screens that stay open: a stream that says which topics have moved, never what stands in them.

A page names the topics it shows (`region:1309`, `unit:1309-office`, `problem:冀-沧州-2018-000123`) and keeps one stream
open. Facts are read ten times a second; of each it is found out what it moves, and whoever follows that is told the
topic and a growing version. What stands in it the page fetches anew through its own door, in its own scope.
Words: topic, version, reader (an open stream), mark (how far a reader has heard).
"""
