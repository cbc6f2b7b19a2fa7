"""Feeds: a person's calendar of what falls due with his unit, to be subscribed to (RFC 5545): limits, meetings, reports, nodes.

An entry names its kind and number; titles only where the installation allows it. Words: feed, feed secret, feed event.
"""
