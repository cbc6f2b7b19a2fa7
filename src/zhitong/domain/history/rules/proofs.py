"""What proves one fact to somebody outside: its bytes, the way to the root of its seal, and what the seal says. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from zhitong.domain.history.rules.seals import Algorithm, Head, digest, form_of, leaf_of, root_by_proof


def proof_form(canonical: bytes, place: int, proof: Sequence[bytes], head: Head) -> dict[str, Any]:
    """The proof as JSON: `fact` is the text whose bytes were digested, `place` counts from 0, digests are hexadecimal."""
    return {
        "fact": canonical.decode(), "place": place, "proof": [one.hex() for one in proof], "seal": form_of(head),
        "digest": head.digest.hex(),
    }


def proves(form: Mapping[str, Any]) -> bool:
    """Whether the bytes of the fact lead to the root of the seal, and what the seal says to its digest.

    That the digest is the chain's own is for the digests of the days to say.
    """
    seal = form["seal"]
    algorithm = Algorithm(seal["algorithm"])
    leaf = leaf_of(algorithm, form["fact"].encode())
    root = root_by_proof(algorithm, leaf, form["place"], seal["count"], [bytes.fromhex(one) for one in form["proof"]])
    told = digest(algorithm, json.dumps(seal, sort_keys=True, separators=(",", ":")).encode())
    return bool(root.hex() == seal["root"] and told.hex() == form["digest"])
