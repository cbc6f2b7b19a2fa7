"""What a service says of itself and the keys it signs with: fetched, kept for an hour, fetched anew when a key is unknown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, Generic, TypeVar

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey, import_key

from zhitong.kit import clock
from zhitong.kit.openid.calling import called, is_safe
from zhitong.kit.openid.shapes import Provider, Unreachable

KEPT = timedelta(hours=1)
SILENT = timedelta(seconds=15)
"""So long a service that did not answer is not asked again: whoever waits for it would hold a thread of the pages."""
ROTATED = timedelta(seconds=30)
"""So often at most keys are fetched anew for a token whose key is unknown."""
SIGNING = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519", "EdDSA")
"""By key pairs only: a shared secret, or none, proves nothing about who signed."""

Thing = TypeVar("Thing")


@dataclass
class _Shelf(Generic[Thing]):
    """Things fetched from addresses, each kept until it is old; a failure is remembered for a moment."""

    fetch: Callable[[str], Thing]
    kept: dict[str, tuple[datetime, Thing]] = field(default_factory=dict)
    failed: dict[str, tuple[datetime, Unreachable]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def get(self, address: str, *, younger_than: timedelta = KEPT) -> Thing:
        """What is kept, or fetched now. Raises Unreachable."""
        now = clock.world_now()
        with self.lock:
            found, trouble = self.kept.get(address), self.failed.get(address)
        if found is not None and now - found[0] < younger_than:
            return found[1]
        if trouble is not None and now - trouble[0] < SILENT:
            raise trouble[1]
        try:
            thing = self.fetch(address)
        except Unreachable as error:
            with self.lock:
                self.failed[address] = (now, error)
            raise
        with self.lock:
            self.kept[address] = (now, thing)
            self.failed.pop(address, None)
        return thing

    def clear(self) -> None:
        """Forget everything."""
        with self.lock:
            self.kept.clear()
            self.failed.clear()


def provider_of(issuer: str) -> Provider:
    """What a service says of itself. Raises Unreachable: it does not answer, or says that it is another."""
    return _PROVIDERS.get(issuer)


def keys_of(provider: Provider, kid: str | None) -> list[Key]:
    """The keys that may have signed a token naming `kid` (None: it names none). Raises Unreachable."""
    found = _fitting(_KEYS.get(provider.keys), kid)
    return found or _fitting(_KEYS.get(provider.keys, younger_than=ROTATED), kid)


def forget() -> None:
    """Fetch everything anew at the next need."""
    _PROVIDERS.clear()
    _KEYS.clear()


def _fitting(keys: list[Key], kid: str | None) -> list[Key]:
    return keys if kid is None else [key for key in keys if key.kid == kid]


def _discovered(issuer: str) -> Provider:
    told = called("GET", f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if told.get("issuer") != issuer:
        raise Unreachable(f"{issuer} says that it is {told.get('issuer')!r}")
    needed = {name: told.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
    if lacking := [name for name, address in needed.items() if not _is_address(address)]:
        raise Unreachable(f"{issuer} does not tell a safe {lacking[0]}")
    offered = told.get("id_token_signing_alg_values_supported")
    ways = told.get("token_endpoint_auth_methods_supported")
    return Provider(
        issuer=issuer, authorization=str(needed["authorization_endpoint"]), token=str(needed["token_endpoint"]),
        keys=str(needed["jwks_uri"]), userinfo=_optional(told, "userinfo_endpoint"),
        end_session=_optional(told, "end_session_endpoint"),
        algorithms=tuple(one for one in (offered if isinstance(offered, list) else ["RS256"]) if one in SIGNING),
        secret_in_body=isinstance(ways, list) and "client_secret_basic" not in ways and "client_secret_post" in ways,
    )


def _fetched_keys(address: str) -> list[Key]:
    rows = called("GET", address).get("keys")
    found = [_key(row) for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return [key for key in found if key is not None]


def _key(row: dict[str, Any]) -> Key | None:
    """A public key for signatures; None where it is for something else, or of a kind that we do not take."""
    if row.get("use", "sig") != "sig" or row.get("kty") not in ("RSA", "EC", "OKP"):
        return None
    try:
        key = import_key(row)
    except (JoseError, ValueError, TypeError, KeyError):
        return None
    return key if isinstance(key, RSAKey | ECKey | OKPKey) else None


def _is_address(value: object) -> bool:
    return isinstance(value, str) and is_safe(value)


def _optional(told: dict[str, Any], name: str) -> str:
    return str(told[name]) if _is_address(told.get(name)) else ""


_PROVIDERS, _KEYS = _Shelf(_discovered), _Shelf(_fetched_keys)
