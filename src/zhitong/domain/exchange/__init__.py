"""Exchange: what offices keep in Excel comes in whole or not at all, is looked at first, and can be taken back.

An upload is staged with every row judged, mapped and looked at, then committed in one transaction through the acts of
the rooms below; undo takes back what nobody has touched since. The original rows stay.
Words: upload, staged, mapping, verdict, commit, undo, old ledger.
Source: REQUIREMENTS R-D6, R-H8.
"""
