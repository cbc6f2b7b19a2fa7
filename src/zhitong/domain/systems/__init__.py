"""Systems: other programs that act here by rights of their own, and what they are told when something has happened.

A client is registered for a unit, acts as one of its posts under an account of its own, and may do what it was given of that
post's rights. What moved is told to the addresses it subscribed: which thing, never what it says.
Words: client, client key, access token, rate class, subscription, topic, delivery, dead letter. Source: issue 9.7, R-A3.
"""
