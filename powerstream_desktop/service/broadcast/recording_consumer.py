"""Joins the relay's stream to recorders: one recording per broadcast of the stream.

Owner: the broadcast, on the relay's loop; the recorder behind it has its own thread and never blocks this loop.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.recording.options import RecordingOptions
from powerstream_desktop.recording.recorder import Recorder
from powerstream_desktop.recording.snapshot import RecordingResult, RecordingSnapshot
from powerstream_desktop.relay.stream.burst import Burst

logger = logging.getLogger(__name__)


class RecordingConsumer:
    """A consumer of the stream that records each of its broadcasts."""

    def __init__(self, options: RecordingOptions) -> None:
        self._options = options
        self._recorder: Recorder | None = None
        self._starting: asyncio.Task[None] | None = None
        self._used = False
        self._is_paused = False
        self._finishing: set[asyncio.Task[None]] = set()
        self.results: list[RecordingResult] = []

    async def prepare(self) -> None:
        """Make the first recorder ready, so that a folder that cannot be written to is found before anything starts.

        Raises:
            UserError: the folder may not be written to.
            SystemFault: the disk is full or broken.
        """
        recorder = Recorder(self._options)
        await asyncio.to_thread(recorder.start)
        self._recorder = recorder

    def offer(self, burst: Burst) -> None:
        """Record a burst."""
        if self._recorder is not None:
            self._used = True
            self._recorder.offer(burst.packets)

    def stream_started(self) -> None:
        """A broadcast of the stream begins; packets wait in the recorder's queue while its thread starts."""
        if self._recorder is None:
            self._recorder = Recorder(self._options)
            self._used = False
            self._starting = self._keep(self._start(self._recorder))
            if self._is_paused:  # whoever paused did not ask for the encoder's next stream
                self._recorder.pause()

    def stream_ended(self) -> None:
        """The broadcast is over: finish its recording, without keeping anybody waiting."""
        if self._used:
            self._finish()

    def split(self) -> None:
        """Begin a new file at the next key frame; no effect while nothing is recorded."""
        if self._recorder is not None:
            self._recorder.split()

    def pause(self) -> None:
        """Record nothing from the next key frame on, the next broadcast of the stream included."""
        self._is_paused = True
        if self._recorder is not None:
            self._recorder.pause()

    def resume(self) -> None:
        """Record again, in a new file, from the next key frame on."""
        self._is_paused = False
        if self._recorder is not None:
            self._recorder.resume()

    def snapshot(self) -> RecordingSnapshot | None:
        """Return the state of the running recording, one that could not begin included; None between two."""
        return self._recorder.snapshot() if self._recorder is not None else None

    async def aclose(self) -> None:
        """Finish every recording and wait for it."""
        self._finish()
        while self._finishing:
            await asyncio.wait(self._finishing)

    def _finish(self) -> None:
        recorder, self._recorder = self._recorder, None
        if recorder is not None:
            self._keep(self._close(recorder, self._starting))

    def _keep(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._finishing.add(task)
        task.add_done_callback(self._finishing.discard)
        return task

    async def _start(self, recorder: Recorder) -> None:
        try:
            await asyncio.to_thread(recorder.start)
        except PowerStreamError as error:
            logger.warning("The broadcast is not recorded: %s", error)

    async def _close(self, recorder: Recorder, starting: asyncio.Task[None] | None) -> None:
        if starting is not None:
            await asyncio.wait({starting})
        result = await recorder.aclose()
        if result.path is not None or result.cause is not None:
            self.results.append(result)
