"""What a fact is, byte for byte; how facts are sealed; and what can be wrong with them. Pure."""

from zhitong.domain.history.rules.facts import Actor, Body, Fact, body_told, canonical_bytes, digest_of, plain

__all__ = ["Actor", "Body", "Fact", "body_told", "canonical_bytes", "digest_of", "plain"]
