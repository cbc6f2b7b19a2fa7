"""OpenID Connect from the side of who relies on it: discovery, authorization code with PKCE, and what makes a token genuine.

Nothing here knows who the people are. Source: OpenID Connect Core 1.0, Discovery 1.0, RP-Initiated Logout 1.0; RFC 7636, 9207.
"""
