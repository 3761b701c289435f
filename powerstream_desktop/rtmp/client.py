"""The client's end of an RTMP connection: we publish to a server, play from it, or see whether it is there (rtmp.md 1.15).

Success is ``PublishStarted`` (``PlayStarted``; for a probe ``Connected``) and nothing else. Whatever ends a connection names
its ``Stage``, because an end before the start most likely means a wrong key, whatever the server says or does not say
(rtmp.md 0.7, 1.19). A new attempt needs a new object: nothing of a connection survives a reconnect (obs#878).
"""

from __future__ import annotations

from powerstream_desktop.rtmp.client_dialogue import ClientDialogue
from powerstream_desktop.rtmp.client_requests import Purpose
from powerstream_desktop.rtmp.errors import LocalProtocolError
from powerstream_desktop.rtmp.events import Stage
from powerstream_desktop.rtmp.messages import Message
from powerstream_desktop.rtmp.states import ClientInput, ClientState

__all__ = ["ClientConnection", "Purpose"]


class ClientConnection(ClientDialogue):
    """One attempt to publish, play or probe.

    Args:
        target: the server and the application.
        key: stream name; kept out of every text that this object gives away, even if the server repeats it. A probe sends none:
            leave it empty.
        purpose: publish, play, or probe: a probe is ``closed`` as soon as it has reported ``Connected``.
        random_bytes: source of the handshake's random bytes, ``os.urandom`` in earnest.
        fourcc_list: the enhanced codecs of the stream ("hvc1", "av01" …); leave it empty for H.264 with AAC.
        credentials: for servers that ask for a user and password.
        auth_query: from the ``AuthenticationRequired`` that ended the attempt before.
        limits: what the server may send. A publisher's server has no business to send media, so less is taken then.
    """

    @property
    def state(self) -> ClientState:
        """Where the connection stands."""
        return self._state

    @property
    def stream_id(self) -> int:
        """The server's id for our stream; 0 before it made one."""
        return self._stream_id

    def start(self, now: float) -> None:
        """Begin, once the transport is connected (and TLS is up); ``now`` in monotonic seconds."""
        self._now = now
        self._advance(ClientInput.START)
        self._deadline = now + self._limits.handshake_timeout_s
        self._outbox.append(self._client_handshake.start())

    def send_message(self, type_id: int, timestamp: int, payload: bytes, csid: int) -> None:
        """Queue a media or data message on our stream.

        Args:
            type_id: ``MessageType`` AUDIO, VIDEO or DATA_AMF0.
            timestamp: milliseconds, unsigned 32 bits; begin near 0 (rtmp.md 1.20).
            payload: FLV tag body; for data AMF0, metadata with ``@setDataFrame`` (rtmp.md 2.7).
            csid: chunk stream, one of the constants of ``chunks``.

        Raises:
            LocalProtocolError: publishing has not started or is over, or a value is out of its range.
        """
        if self._state is not ClientState.LIVE:
            raise LocalProtocolError(
                "Media was sent on a connection that is not live.", detail=str(self._state)
            )
        self._send(Message(type_id, self._stream_id, timestamp, payload, csid))

    def stop(self, now: float) -> None:
        """Say goodbye: without it services keep the session for up to a minute (rtmp.md 1.20). Harmless when it is over."""
        self._now = now
        if self.closed:
            return
        if self._stage is Stage.LIVE and self._purpose is Purpose.PUBLISH:
            self._call("FCUnpublish", None, self._key)
        if self._state in (ClientState.STARTING, ClientState.LIVE):
            self._call("deleteStream", None, self._stream_id)
        self._advance(ClientInput.STOP)
