"""Entry: how everyone gets in: rosters of officials, invitations of firms, codes to a phone, and who has come (开通率).

Nobody is given a password by another: a person takes a seat with the invitation made for it, on paper, by QR or link.
Words: invitation, roster, phone code, presence, activation rate. Source: R-A2.
"""
