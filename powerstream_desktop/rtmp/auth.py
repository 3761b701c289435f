"""Signing in at servers that ask for a user name and password: ``authmod=adobe`` and ``authmod=llnw`` (rtmp.md 1.17).

The server refuses ``connect`` with a challenge in the description; the client opens another connection whose ``app`` and
``tcUrl`` end in the answer. Both schemes need three connections: refused without a word, refused with a salt or a nonce,
accepted. The scheme is MD5 because the servers want it; the password itself is never sent.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

_MODULE = re.compile(r"authmod=(\w+)")
_NONCE_COUNT = "00000001"


class AuthModule(StrEnum):
    """The two ways of asking."""

    ADOBE = "adobe"
    LLNW = "llnw"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """A user's name and password for one server; both hidden in ``repr``."""

    user: str = field(repr=False)
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthChallenge:
    """A server's demand, read from the description of its refusal."""

    module: AuthModule
    parameters: Mapping[str, str]
    """What stands behind the "?"; empty in the first refusal, which only names the module."""

    @property
    def is_final(self) -> bool:
        """True when the server has judged the credentials: asking again is useless."""
        reason = self.parameters.get("reason", "needauth")
        return reason != "needauth"


def parse_challenge(description: str) -> AuthChallenge | None:
    """Find a challenge in the description of a refused ``connect``; None when there is none that we know."""
    found = _MODULE.search(description)
    if found is None or found[1] not in list(AuthModule):
        return None
    _, _, tail = description.partition("?")
    parameters = {}
    for pair in tail.split("&"):
        name, separator, value = pair.partition("=")
        if separator:
            parameters[name.strip()] = value.strip().split(" ")[0]
    return AuthChallenge(module=AuthModule(found[1]), parameters=parameters)


def answer_challenge(
    challenge: AuthChallenge,
    credentials: Credentials,
    *,
    app: str,
    previous_query: str,
    random_bytes: Callable[[int], bytes],
) -> str | None:
    """Build the query that the next connection appends to ``app`` and ``tcUrl``.

    Args:
        challenge: what the server said.
        credentials: what the user entered.
        app: the application name without any query of ours.
        previous_query: the query that the refused connection carried, empty on the first.
        random_bytes: source of the client's own nonce.

    Returns:
        A query that begins with "?", or None when another attempt is useless: the server has judged the credentials, or it
        asks again for what it got.
    """
    if challenge.is_final or "&response=" in previous_query:
        return None
    user = f"?authmod={challenge.module}&user={credentials.user}"
    nonce_name = "salt" if challenge.module is AuthModule.ADOBE else "nonce"
    if nonce_name not in challenge.parameters:
        return None if previous_query else user
    nonce = random_bytes(4).hex()
    if challenge.module is AuthModule.ADOBE:
        return user + _adobe_answer(challenge.parameters, credentials, nonce)
    return user + _llnw_answer(challenge.parameters, credentials, nonce, app)


def _adobe_answer(parameters: Mapping[str, str], credentials: Credentials, nonce: str) -> str:
    secret = _md5_base64(credentials.user + parameters["salt"] + credentials.password)
    opaque = parameters.get("opaque", "")
    response = _md5_base64(secret + (opaque or parameters.get("challenge", "")) + nonce)
    answer = f"&challenge={nonce}&response={response}"
    return f"{answer}&opaque={opaque}" if opaque else answer


def _llnw_answer(parameters: Mapping[str, str], credentials: Credentials, nonce: str, app: str) -> str:
    path = app if "/" in app else f"{app}/_definst_"
    identity = _md5_hex(f"{credentials.user}:live:{credentials.password}")
    action = _md5_hex(f"publish:/{path}")
    server_nonce = parameters["nonce"]
    response = _md5_hex(f"{identity}:{server_nonce}:{_NONCE_COUNT}:{nonce}:auth:{action}")
    return f"&nonce={server_nonce}&cnonce={nonce}&nc={_NONCE_COUNT}&response={response}"


def _md5_base64(text: str) -> str:
    return base64.b64encode(hashlib.md5(text.encode(), usedforsecurity=False).digest()).decode()


def _md5_hex(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
