"""``powerstream relay`` as a user starts it for an external encoder, and the players that watch it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.engine.publisher import Publisher as EnginePublisher
from powerstream_desktop.platforms.endpoint import Rendition
from tests.e2e.support.clients import Command, Player, Publisher
from tests.e2e.support.live_broadcast import POWERSTREAM, Line, Target, environment, write_destinations
from tests.e2e.support.media import Media
from tests.e2e.support.ports import LOOPBACK
from tests.e2e.support.processes import TestProcess
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import wait_until

START_S = 45.0
END_S = 15.0
PUBLISH_S = 25.0
INGEST_KEY = "a-key-for-encoders"
PLAY_COMMAND = b"\x02\x00\x04play"


class Watching:
    """A player at work.

    Args:
        player: which one.
        process: it.
        target: where it keeps what comes.
    """

    def __init__(self, player: Player, process: TestProcess, target: Path) -> None:
        self.player = player
        self.process = process
        self.target = target

    def seen(self, sent: Media) -> Media:
        """Return what it has kept, once the stream has ended and it has ended by itself, content.

        Args:
            sent: what was sent; a player that may throw the last packet away is forgiven that one.
        """
        assert self.process.wait_for_exit(timeout_s=END_S) == 0, self.process.log_tail()
        kept = self.player.kept(self.target)
        return kept.with_the_last_of(sent) if self.player.loses_the_last else kept


class RelayBroadcast:
    """One ``powerstream relay --json``, recording; it ends with its stage.

    Args:
        stage: what it runs on. Home, recordings and whatever players keep lie in its folder.
        targets: where it sends the stream.
        options: for ``relay``, beside those for its address, destinations, recording and JSON.
    """

    def __init__(self, stage: Stage, *targets: Target, options: Sequence[str | Path] = ()) -> None:
        self._stage = stage
        self._home = stage.folder / "home"
        key_file = self._home / "config" / "ingest.key"
        key_file.parent.mkdir(parents=True)
        key_file.write_text(INGEST_KEY)
        self._recordings_folder = stage.folder / "recordings"
        destinations = write_destinations(stage.folder / "destinations.json", targets)
        command: Command = [*POWERSTREAM, "relay", "--json", "--listen", f"{LOOPBACK}:0"]
        command += ["--destinations", destinations, "--record", self._recordings_folder, *options]
        self.process = stage.process(command, name="relay", env=environment(self._home))
        first = self.process.wait_for_json(lambda _: True, what="its address", timeout_s=START_S)
        self.url = f"{first['ingestUrl']}/{INGEST_KEY}"

    @property
    def recordings(self) -> list[Path]:
        """The recordings' files, oldest first; all of them are finished once ``end`` has returned."""
        films = (each for each in self._recordings_folder.iterdir() if not each.name.startswith("."))
        return sorted(films, key=lambda path: path.stat().st_mtime_ns)

    @property
    def status(self) -> Line:
        """What it said last."""
        return list(self.process.json_lines())[-1]

    def engines_publisher(self) -> EnginePublisher:
        """Start to publish as the engine does; returns once that was accepted."""
        publisher = EnginePublisher(
            Rendition.LANDSCAPE,
            self.url.removesuffix(f"/{INGEST_KEY}"),
            Secret(INGEST_KEY),
            on_report=lambda _report: None,
            on_accepted=lambda: None,
        )
        publisher.start()
        assert publisher.wait_accepted(10.0)
        return publisher

    def start_publishing(self, publisher: Publisher, film: Path, *, name: str = "publisher") -> TestProcess:
        """Start a foreign encoder."""
        command = publisher.command(film, self.url, self._stage.folder / f"{name}.flv")
        return self._stage.process(command, name=name, env=environment(self._home))

    def publish(self, publisher: Publisher, film: Path, *, name: str = "publisher") -> Media:
        """Let a foreign encoder publish a film to its end; return what it sent."""
        encoder = self.start_publishing(publisher, film, name=name)
        assert encoder.wait_for_exit(timeout_s=PUBLISH_S) == 0, encoder.log_tail()
        return publisher.sent(film, self._stage.folder / f"{name}.flv")

    def watch(self, player: Player) -> Watching:
        """Start a foreign player, and wait until it has asked for the stream."""
        proxy = self._stage.proxy(int(self.url.rsplit(":", 1)[1].split("/")[0]))
        url = f"rtmp://{LOOPBACK}:{proxy.port}/live/{INGEST_KEY}"
        target = self._stage.folder / f"{player.name}.{'json' if player.json else 'flv'}"
        process = self._stage.process(
            player.command(url, target), name=player.name, env=environment(self._home)
        )
        wait_until(
            lambda: any(PLAY_COMMAND in passage.head for passage in proxy.passages),
            what=f"{player.name} to ask for the stream",
            timeout_s=START_S,
        )
        return Watching(player, process, target)

    def end(self) -> Line:
        """End it as Ctrl+C does; return its summary. All must be well, and nothing worth a warning in its log."""
        self.process.interrupt()
        exit_code = self.process.wait_for_exit(timeout_s=END_S)
        assert exit_code == 0, self.process.log_tail()
        assert self._warnings() == []
        return self.status

    def _warnings(self) -> Sequence[str]:
        lines = [line for log in (self._home / "logs").iterdir() for line in log.read_text().splitlines()]
        return [line for line in lines if json.loads(line)["level"] not in ("DEBUG", "INFO")]
