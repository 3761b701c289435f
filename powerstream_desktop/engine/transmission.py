"""One rendition's way from the program to the relay: encoders, feed, publisher, and the slate for the time after us."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.engine.config import PublishTarget
from powerstream_desktop.engine.control.reports import EncoderChanged, EngineReport, SlateReady
from powerstream_desktop.engine.encoders.av_encoder import AVEncoder
from powerstream_desktop.engine.encoders.catalogue import kind_named
from powerstream_desktop.engine.encoders.choice import EncoderPlan, open_encoder
from powerstream_desktop.engine.encoders.live_encoder import EncoderChange
from powerstream_desktop.engine.feed import Feed
from powerstream_desktop.engine.output.output import Output
from powerstream_desktop.engine.publisher import Publisher
from powerstream_desktop.engine.slate import SlateMaker, slate_path
from powerstream_desktop.engine.video_settings import VideoSettings
from powerstream_desktop.platforms.endpoint import Rendition


class Transmission:
    """One rendition on air. Belongs to the engine's control thread.

    Args:
        rendition: which one.
        settings: how it is encoded.
        plan: by which encoders.
        target: where it is published.
        runtime_folder: where its slate is left.
        on_report: takes reports, from any thread; must not block.
        clock: monotonic seconds.

    Raises:
        SystemFault: no encoder works.

    Attributes:
        rendition: which one.
        feed: what joins the program.
    """

    def __init__(
        self,
        rendition: Rendition,
        settings: VideoSettings,
        plan: EncoderPlan,
        target: PublishTarget,
        *,
        runtime_folder: Path,
        on_report: Callable[[EngineReport], None],
        clock: Clock,
    ) -> None:
        self.rendition = rendition
        self._settings = settings
        self._on_report = on_report
        self._slate_path = slate_path(runtime_folder, rendition)
        # Replaced by the program's thread when the encoder is another one.
        self._slate: SlateMaker | None = None
        self._publisher = Publisher(
            rendition,
            target.url,
            target.key_of(rendition),
            on_report=on_report,
            on_accepted=self._accepted,
            clock=clock,
        )
        try:
            self._encoder = open_encoder(settings, plan, on_change=self._encoder_changed)
            output = Output(settings, self._encoder)
        except BaseException:
            self._publisher.close()
            raise
        self.feed = Feed(
            rendition,
            output,
            self._publisher,
            encoder=self._encoder,
            video_kbps=settings.bitrate_kbps,
            stopwatch=clock,
        )

    def start(self) -> None:
        """Start to connect to the relay."""
        self._publisher.start()

    def wait_accepted(self, timeout_s: float) -> None:
        """Wait until the relay has taken the stream for the first time, or the time is over."""
        self._publisher.wait_accepted(max(0.0, timeout_s))

    def make_slate(self) -> None:
        """Start to make the slate, unless that has been done."""
        if self._slate is None:
            self._slate = self._started_slate()

    def close(self, *, says_goodbye: bool = True) -> None:
        """Send what the feed has handed over, unpublish, and wait; the feed must have left the program, and ended if it can.

        Args:
            says_goodbye: without it the connection is cut, and the relay bridges until somebody publishes again.
        """
        if self._slate is not None:
            self._slate.give_up()
        self._publisher.close(says_goodbye=says_goodbye)

    def wait_slate(self) -> None:
        """Wait for the slate's maker, two seconds at most; after ``close``.

        Only when no rendition has a connection any more: that is when the relay begins to bridge, and it must not wait for a slate.
        """
        if self._slate is not None:
            self._slate.close()

    def _started_slate(self) -> SlateMaker:
        slate = SlateMaker(self._settings, self._slate_path, self._open_slate_output, self._slate_ready)
        slate.start()
        return slate

    def _open_slate_output(self) -> Output:
        """Open the very encoder that is at work: the relay shows a slate only in a stream with the same headers."""
        kind = kind_named(self._encoder.name).for_background()
        return Output(self._settings, AVEncoder(kind, self._settings))

    def _accepted(self) -> None:
        self.feed.force_keyframe()

    def _encoder_changed(self, change: EncoderChange) -> None:
        """Tell, on the program's thread, and have the slate made anew by the encoder that took over."""
        self._on_report(EncoderChanged(rendition=self.rendition, encoder=change.encoder, title=change.title))
        if self._slate is not None:
            self._slate.give_up()
            self._slate = self._started_slate()

    def _slate_ready(self, path: Path) -> None:
        self._on_report(SlateReady(rendition=self.rendition, path=str(path)))
