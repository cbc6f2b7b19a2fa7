"""Messaging: what goes outside of what units are told: by e-mail, SMS, 企业微信, 钉钉, group robots and webhooks.

A message says that something waits, of which sort, perhaps its number, and where to look; never a title, a firm or a person.
Words: channel, address, outgoing item, message, digest, quiet hours, channel standing.
"""
