"""A whole broadcast under measurement: the engine with a studio, a relay with destinations and a recording, somebody who watches.

The bench stands in for the service: it starts ``powerstream relay`` and ``powerstream engine`` and speaks the engine's own
protocol with it.
"""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from powerstream_desktop.common.preview_ring import PreviewReader
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.engine.config import EngineConfig, PublishTarget
from powerstream_desktop.engine.control.commands import EngineCommand, Start, Stop, WatchPreview
from powerstream_desktop.engine.control.wire import encode_command
from powerstream_desktop.engine.mixer.settings import MixerSettings
from powerstream_desktop.engine.scene.studio import Studio
from powerstream_desktop.engine.video_settings import Latency, VideoSettings
from tests.bench.engine.capturers import FPS, SLATE_S, Encode
from tests.e2e.support.live_broadcast import POWERSTREAM, Line, Target, environment
from tests.e2e.support.relay_broadcast import INGEST_KEY, RelayBroadcast
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import TimedOutError

START_S: Final = 20.0
END_S: Final = 15.0
PREVIEW: Final = WatchPreview(width=960, height=540, fps=30)


class StudioRun:
    """One broadcast; it ends with its stage.

    Args:
        stage: what it runs on; home, logs and recordings lie in its folder.
        studio: what is shown.
        sound: what is heard.
        encode: of the program.
        destinations: how many streams of one server it is sent to.

    Attributes:
        sink: the server.
        streams: names of the streams there.
        engine, relay: the processes.
    """

    def __init__(
        self, stage: Stage, studio: Studio, sound: MixerSettings, encode: Encode, *, destinations: int
    ) -> None:
        self.sink = stage.nginx("sink")
        self.streams: Sequence[str] = [f"out-{number}" for number in range(1, destinations + 1)]
        targets = [Target(stream, self.sink.server_url, stream) for stream in self.streams]
        self._broadcast = RelayBroadcast(stage, *targets)
        self.relay = self._broadcast.process
        url, _, key = self._broadcast.url.rpartition("/")
        assert key == INGEST_KEY
        self.engine = stage.process(
            [*POWERSTREAM, "engine"],
            name="engine",
            env=environment(stage.folder / "engine-home"),
            stdin=subprocess.PIPE,
        )
        config = EngineConfig(
            studio=studio,
            sound=sound,
            landscape=VideoSettings(
                width=encode.width,
                height=encode.height,
                fps=FPS,
                bitrate_kbps=encode.kbps,
                latency=Latency(encode.latency),
            ),
            publish=PublishTarget(url=url, key=Secret(key)),
            must_open=True,
        )
        self._tell(Start(config=config))
        self.sink.wait_for_streams(self.streams, timeout_s=START_S)
        with suppress(TimedOutError):
            self._wait_for("slate_ready", SLATE_S)

    @property
    def stats(self) -> list[Line]:
        """The engine's figures, one line a second."""
        return [line for line in self.engine.json_lines() if line["type"] == "stats"]

    @property
    def recordings(self) -> list[Path]:
        """Files of the recording, oldest first."""
        return self._broadcast.recordings

    def watch_preview(self) -> PreviewWatcher:
        """Wish for a preview of 960x540 and start to watch it as a window would."""
        self._tell(PREVIEW)
        return PreviewWatcher(Path(self._wait_for("preview_ready", START_S)["path"]))

    def end(self) -> Line:
        """Stop the engine, then the relay; return the relay's summary."""
        self._tell(Stop())
        assert self.engine.wait_for_exit(timeout_s=END_S) == 0, self.engine.log_tail()
        return self._broadcast.end()

    def _wait_for(self, report: str, timeout_s: float) -> Line:
        return self.engine.wait_for_json(
            lambda line: line["type"] == report, what=report, timeout_s=timeout_s
        )

    def _tell(self, command: EngineCommand) -> None:
        self.engine.write_line(encode_command(command).decode().rstrip())


class PreviewWatcher:
    """A thread that takes every picture of the preview, thirty times a second, until it is closed.

    Args:
        path: of the ring, as the engine reports it.

    Attributes:
        pictures: taken so far; written by the watcher's thread.
    """

    def __init__(self, path: Path) -> None:
        self.pictures = 0
        self._reader = PreviewReader(path)
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="preview-watcher")
        self._thread.start()

    def close(self) -> None:
        """Stop watching."""
        self._closing.set()
        self._thread.join()
        self._reader.close()

    def _run(self) -> None:
        while not self._closing.wait(1 / FPS):
            self.pictures += self._reader.take() is not None
