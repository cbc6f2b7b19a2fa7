"""Carriers: each speaks the protocol of one channel, over the wire that the operator has set. No table is read here.

`carry(parcel)` returns what the other side calls the message, or raises NotTaken with a sentence and what to do next. The
parcel's id is the same at every try: carriers hand it on where the protocol knows how to tell a message sent twice.
"""
