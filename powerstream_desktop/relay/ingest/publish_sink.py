"""Where a publisher's media goes: a relay's stream, or the receiver of the rehearsal."""

from __future__ import annotations

from typing import Protocol


class PublishSink(Protocol):
    """Takes one publisher's media on the server's loop. Payloads are FLV tag bodies; timestamps u32 ms; ``now`` monotonic s."""

    def start_publish(self) -> None:
        """A publisher was accepted, for the first time or again."""

    def take_audio(self, timestamp: int, payload: bytes, now: float) -> None:
        """Take an audio message."""

    def take_video(self, timestamp: int, payload: bytes, now: float) -> None:
        """Take a video message."""

    def take_metadata(self, payload: bytes, now: float) -> None:
        """Take onMetaData, without ``@setDataFrame``."""

    def take_data(self, payload: bytes, now: float) -> None:
        """Take another data message."""

    def flush(self, now: float) -> None:
        """Everything of one read has been taken."""

    def keep_up(self, now: float) -> float | None:
        """Do what is due without the publisher, who may have fallen silent or vanished.

        Returns:
            When to be called again, monotonic seconds; ``None`` when there will be nothing to do.
        """

    @property
    def bridged_since_s(self) -> float | None:
        """Since when something stands in for the publisher, monotonic seconds; ``None`` when nothing does."""

    def pause_publish(self) -> None:
        """The publisher vanished without a word."""

    def end_publish(self) -> None:
        """The publisher said goodbye, or stayed away for too long."""
