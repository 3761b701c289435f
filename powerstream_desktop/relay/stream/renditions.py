"""The renditions of one session: a stream for each that somebody may publish, and the one life that they share (DESIGN 4).

The portrait's key is the landscape's with ``_portrait`` behind it, so whoever may publish one may publish the other.

The session is live from the first publisher of any rendition on. The landscape is its main stream: when that ends properly,
everything ends, and a portrait's publisher is told so. A portrait that ends takes only its own destinations along; so does a
landscape's absence: a session of a portrait alone is one as well.
"""

from __future__ import annotations

from collections.abc import Mapping

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.relay.ingest.server import StreamingServer
from powerstream_desktop.relay.snapshot import IngestSnapshot
from powerstream_desktop.relay.stream.stream import Stream

PORTRAIT_KEY_SUFFIX = "_portrait"
_STREAM_NAMES = {Rendition.LANDSCAPE: "program", Rendition.PORTRAIT: "portrait"}


def rendition_key(stream_key: Secret, rendition: Rendition) -> Secret:
    """Return what the publisher of a rendition has to show in a session with this key."""
    if rendition is Rendition.PORTRAIT:
        return Secret(stream_key.reveal() + PORTRAIT_KEY_SUFFIX)
    return stream_key


class Renditions:
    """The streams of a session. Owner: the relay, on its loop.

    Args:
        server: where they come in; the streams are added to it.
        stream_key: what the landscape's publisher has to show.
        clock: the loop's time.
    """

    def __init__(self, server: StreamingServer, stream_key: Secret, clock: Clock) -> None:
        self._server = server
        self._on_air: set[Rendition] = set()
        self.streams: Mapping[Rendition, Stream] = {
            rendition: Stream(name, clock) for rendition, name in _STREAM_NAMES.items()
        }
        for rendition, stream in self.streams.items():
            server.add_stream(stream.name, rendition_key(stream_key, rendition), stream)
            stream.attach_witness(_Announcer(self, rendition))

    @property
    def is_live(self) -> bool:
        """True from the first publisher of any rendition until the last one has ended."""
        return bool(self._on_air)

    def misses(self, rendition: Rendition) -> bool:
        """Tell whether the session is live without this rendition."""
        return self.is_live and rendition not in self._on_air

    def flush(self, now: float) -> None:
        """Hand out what was taken; called a few times a second for what has nobody else to do so."""
        for stream in self.streams.values():
            stream.flush(now)

    def snapshots(self) -> Mapping[Rendition, IngestSnapshot]:
        """Return what comes in, of each rendition."""
        return {rendition: stream.snapshot() for rendition, stream in self.streams.items()}

    def started(self, rendition: Rendition) -> None:
        """A rendition's broadcast begins."""
        self._on_air.add(rendition)

    def ended(self, rendition: Rendition) -> None:
        """A rendition's broadcast is over."""
        self._on_air.discard(rendition)
        if rendition is Rendition.LANDSCAPE:
            for other in tuple(self._on_air):
                self._server.end_stream(_STREAM_NAMES[other])


class _Announcer:
    """Tells the session when a rendition's broadcast begins and ends."""

    def __init__(self, renditions: Renditions, rendition: Rendition) -> None:
        self._renditions = renditions
        self._rendition = rendition

    def stream_started(self) -> None:
        """The broadcast begins."""
        self._renditions.started(self._rendition)

    def stream_ended(self) -> None:
        """The broadcast is over."""
        self._renditions.ended(self._rendition)
