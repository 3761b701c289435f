"""Who has been let in: makes tokens, and tells good ones from bad (S14-S18, S29-S31). Pure: told the time, in Unix seconds.

A token is a JWT signed with HS256 and nothing else. Two kinds of keys sign: one of this run, which stands nowhere on disk, for the
window and scripts of this computer, which read service.json; and kept ones for devices that were paired. The keeper hands the run's
key to the service that follows one which was killed, so that the token in service.json stays good. A paired device's token is good
while the device stands in the record. So taking it off the list is final, and a record that was lost lets nobody in.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, replace
from typing import Any, Final

import jwt

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.access.scope import Caller, Scope
from powerstream_desktop.service.access.token_record import (
    MAX_DEVICES,
    PairedDevice,
    SigningKey,
    TokenRecord,
    new_key,
)

ISSUER: Final = "powerstream"
AUDIENCE: Final = "powerstream-api"
RUN_LIFE_S: Final = 30 * 24 * 3600
"""Longer than a service runs between two updates of its computer; its key ends with it anyway."""
DEVICE_LIFE_S: Final = 90 * 24 * 3600
LEEWAY_S: Final = 60
"""A computer whose clock is corrected while it runs."""
MAX_NAME_CHARACTERS: Final = 64
_ALGORITHM: Final = "HS256"
_CLAIMS: Final = ("aud", "exp", "iat", "iss", "jti", "scope", "sub")
_HEADERS: Final = frozenset({"alg", "kid", "typ"})
_TOKEN: Final = re.compile(r"[\w-]{1,256}\.[\w-]{1,1024}\.[\w-]{1,128}", re.ASCII)


class BadTokenError(Exception):
    """This token lets nobody in. Its text is for tests and never quotes the token."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedToken:
    """What a device gets, once."""

    device: PairedDevice
    token: Secret


class TokenAuthority:
    """Makes and checks tokens.

    Args:
        record: what was kept of earlier runs.
        run_key: of the service that was killed and that this one follows; ``None`` for a new one.
    """

    def __init__(self, record: TokenRecord, run_key: SigningKey | None = None) -> None:
        self._record = record
        self._run_key = new_key() if run_key is None else run_key

    @property
    def record(self) -> TokenRecord:
        """What to keep; changes with ``pair``, ``put_out`` and ``rotate``."""
        return self._record

    @property
    def run_key(self) -> SigningKey:
        """What a successor is handed, over a pipe; it opens everything, and is never written to disk."""
        return self._run_key

    def token_of_this_run(self, now: float) -> Secret:
        """Return the token for service.json, which allows everything for as long as the run's key lives."""
        return _sign(
            self._run_key, name="this computer", scope=Scope.ADMIN, id_=_new_id(), now=now, life_s=RUN_LIFE_S
        )

    def pair(self, name: str, scope: Scope, now: float) -> PairedToken:
        """Let a device in.

        Args:
            name: what its owner calls it.
            scope: what it may do.
            now: Unix seconds.

        Raises:
            UserError: the name is no name, or there are too many devices.
        """
        if not 1 <= len(name) <= MAX_NAME_CHARACTERS or not name.isprintable() or not name.strip():
            raise UserError(
                "This cannot be a device's name.", hint=f"Use 1 to {MAX_NAME_CHARACTERS} visible characters."
            )
        kept = tuple(device for device in self._record.devices if device.expires_at_s > now)
        if len(kept) >= MAX_DEVICES:
            raise UserError(f"No more than {MAX_DEVICES} devices can be paired.", hint="Remove one first.")
        device = PairedDevice(
            token_id=_new_id(),
            name=name,
            scope=scope,
            paired_at_s=int(now),
            expires_at_s=int(now) + DEVICE_LIFE_S,
        )
        token = _sign(
            self._record.keys[0], name=name, scope=scope, id_=device.token_id, now=now, life_s=DEVICE_LIFE_S
        )
        self._record = replace(self._record, devices=(*kept, device))
        return PairedToken(device=device, token=token)

    def put_out(self, token_id: str) -> bool:
        """Take a device's token back; return whether there was such a device."""
        left = tuple(device for device in self._record.devices if device.token_id != token_id)
        was_there = len(left) < len(self._record.devices)
        self._record = replace(self._record, devices=left)
        return was_there

    def rotate(self, now: float) -> None:
        """Sign with a new key from now on. The old one is good until the last token it signed is not."""
        current, *old = self._record.keys
        retired = replace(current, retires_at_s=int(now) + DEVICE_LIFE_S)
        still = tuple(key for key in old if key.retires_at_s is not None and key.retires_at_s > now)
        self._record = replace(self._record, keys=(new_key(), retired, *still))

    def verify(self, token: str, now: float) -> Caller:
        """Return who shows a token.

        Raises:
            BadTokenError: nobody whom we let in.
        """
        claims, key = self._claims(token, now)
        caller = _caller(claims, now)
        if key is not self._run_key and not self._is_paired(caller):
            raise BadTokenError("its device was put out")
        return caller

    def _claims(self, token: str, now: float) -> tuple[dict[str, Any], SigningKey]:
        if _TOKEN.fullmatch(token) is None:
            raise BadTokenError("not a token")
        try:
            header = jwt.get_unverified_header(token)
            # Headers that lead elsewhere for a key, or change how the rest is read, have a long history of bugs.
            if not header.keys() <= _HEADERS:
                raise BadTokenError("a header that none of ours has")
            key = self._key(header.get("kid"), now)
            claims = jwt.decode(
                token,
                key.material(),
                algorithms=[_ALGORITHM],
                audience=AUDIENCE,
                issuer=ISSUER,
                # The times are checked below, against the time we are told.
                options={
                    "require": list(_CLAIMS),
                    "strict_aud": True,
                    "verify_exp": False,
                    "verify_iat": False,
                    "verify_nbf": False,
                },
            )
        except (jwt.PyJWTError, ValueError, RecursionError) as error:
            raise BadTokenError(type(error).__name__) from None
        return claims, key

    def _key(self, id_: object, now: float) -> SigningKey:
        for key in (self._run_key, *self._record.keys):
            if key.id == id_ and (key.retires_at_s is None or key.retires_at_s > now):
                return key
        raise BadTokenError("a key that is not ours")

    def _is_paired(self, caller: Caller) -> bool:
        return any(
            device.token_id == caller.token_id and device.scope is caller.scope
            for device in self._record.devices
        )


def _new_id() -> str:
    return secrets.token_hex(16)


def _sign(key: SigningKey, *, name: str, scope: Scope, id_: str, now: float, life_s: int) -> Secret:
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": name,
        "jti": id_,
        "scope": scope.value,
        "iat": int(now),
        "exp": int(now) + life_s,
    }
    return Secret(jwt.encode(claims, key.material(), algorithm=_ALGORITHM, headers={"kid": key.id}))


def _caller(claims: dict[str, Any], now: float) -> Caller:
    begins, ends = claims["iat"], claims["exp"]
    if type(begins) is not int or type(ends) is not int:
        raise BadTokenError("times that are no whole numbers")
    if now >= ends + LEEWAY_S:
        raise BadTokenError("expired")
    if now < begins - LEEWAY_S:
        raise BadTokenError("of the future")
    try:
        scope = Scope(claims["scope"])
    except ValueError:
        raise BadTokenError("a scope that is not ours") from None
    return Caller(device=str(claims["sub"]), token_id=str(claims["jti"]), scope=scope)
