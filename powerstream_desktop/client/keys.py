"""Where stream keys are kept."""

from __future__ import annotations

from dataclasses import dataclass, field

from powerstream_desktop.client.link import ServiceLink
from powerstream_desktop.client.reading import Words
from powerstream_desktop.client.request import SLOW_S, Request, given, path_of
from powerstream_desktop.common.secrets import Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPlace:
    """How keys are kept.

    Attributes:
        place: such as ``keyring``.
        is_shut: in a sealed file whose passphrase nobody has given since the start.
        keyring: how the system's stands.
        left_behind: keys that are still in the place from which they were moved last.
    """

    words: Words
    place: str
    is_shut: bool
    keyring: str
    has_sealed_file: bool = False
    left_behind: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderAccess:
    """What is typed into an external encoder.

    Attributes:
        server_url: what goes into its "server" field.
        key: what goes into its "stream key" field.
    """

    server_url: str
    key: Secret


class Keys:
    """The routes of ``/api/access/secrets`` and ``/api/access/ingest-key``; all need a token that allows everything.

    Errors are those of ``ServiceLink.ask``.
    """

    def __init__(self, link: ServiceLink) -> None:
        self._link = link

    def place(self) -> KeyPlace:
        """Return how keys are kept."""
        return self._link.read(Request(method="GET", path=_path()), KeyPlace)

    def unlock(self, passphrase: Secret) -> KeyPlace:
        """Open the sealed file; harmless when it is open."""
        request = Request(
            method="POST",
            path=_path("unlock"),
            body={"passphrase": passphrase},
            is_repeatable=True,
            read_s=SLOW_S,
        )
        return self._link.read(request, KeyPlace)

    def move(self, place: str, *, passphrase: Secret | None = None, leaves_keys: bool = False) -> KeyPlace:
        """Keep keys elsewhere: moves them all or, if one cannot be moved, none.

        Args:
            place: such as ``automatic``.
            passphrase: of the sealed file, if that is the place.
            leaves_keys: leave them where they are, in a keyring that is gone; they must be entered anew then.
        """
        body = {"place": place, "leavesKeys": leaves_keys, **given(passphrase=passphrase)}
        return self._link.read(
            Request(method="POST", path=_path("place"), body=body, read_s=SLOW_S), KeyPlace
        )

    def encoder_access(self, *, renew: bool = False) -> EncoderAccess:
        """Return where an external encoder publishes to, and the key that is kept for encoders.

        Args:
            renew: make another key; the one before opens nothing any more. ``ConflictError`` while an encoder may be using it.
        """
        path = path_of("access", "ingest-key")
        # Renewed twice, it is another key than that of the answer that was lost, and that one was seen by nobody.
        request = Request(method="POST", path=path, body={"renew": renew}, is_repeatable=True)
        told = self._link.read(request, _ToldAccess)
        return EncoderAccess(server_url=told.server_url, key=Secret(told.ingest_key))


@dataclass(frozen=True, slots=True, kw_only=True)
class _ToldAccess:
    server_url: str
    ingest_key: str = field(repr=False)


def _path(*parts: str) -> str:
    return path_of("access", "secrets", *parts)
