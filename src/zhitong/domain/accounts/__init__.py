"""Accounts: how a person proves to be himself: passwords, second factors, waiting after failures, sittings.

Nobody but the person himself knows his password; whoever guesses waits, and nobody waits for what strangers do elsewhere.
Words: own password, second factor, passkey, recovery code, knock, wait, sitting, protection. Source: R-A3, GB/T 22239-2019 8.1.4.1.
"""
