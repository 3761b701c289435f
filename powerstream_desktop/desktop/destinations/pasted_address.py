"""An address and a key that were pasted as one text, as some platforms show them, are taken apart before anybody sees them. Pure.

People paste keys into the address's field (obs-multi-rtmp#256), where they would stand in the clear.
"""

from __future__ import annotations

from dataclasses import dataclass

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.rtmp.url import looks_like_key_in_url, parse_server_url

_SCHEMES = ("rtmp://", "rtmps://")


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenApart:
    """What a pasted text held.

    Attributes:
        server_url: without the key.
        key: what ended the address.
    """

    server_url: str
    key: Secret


def taken_apart(text: str) -> TakenApart | None:
    """Return address and key of a text that holds both; None for any other text."""
    if not looks_like_key_in_url(text):
        return None
    try:
        whole = parse_server_url(text, None)
    except UserError:
        return None
    return None if whole.key is None else TakenApart(server_url=whole.tc_url, key=Secret(whole.key))


def is_address(text: str) -> bool:
    """Return whether a text that was pasted as a key begins as an address does."""
    return text.strip().lower().startswith(_SCHEMES)


def key_text(pasted: str) -> str:
    """Return what was pasted as a key without what came along with it: blanks and line ends around it."""
    return pasted.strip()
