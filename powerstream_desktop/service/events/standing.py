"""How everything stands, by topic: made of what the parts of the service show of themselves, in the words of the API's routes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from powerstream_desktop.service.api.ports import Multistream, Studio
from powerstream_desktop.service.api.words import Words
from powerstream_desktop.service.api.words_live import live_status
from powerstream_desktop.service.api.words_rtmp import RunningRecording, rtmp_status
from powerstream_desktop.service.api.words_studio import engine_words, scenery_words, told
from powerstream_desktop.service.events.topics import Topic
from powerstream_desktop.service.multistream.session_request import RunningSession
from powerstream_desktop.service.settings.settings import OPTIONS, Settings

MAX_SAID: Final = 20
_FIGURES: Final = frozenset(
    {
        *(
            "elapsedSeconds",
            "sinceSeconds",
            "retryInSeconds",
            "bridgingSeconds",
            "durationSeconds",
            "durableSeconds",
            "roomSeconds",
        ),
        *(
            "bitrateKbps",
            "bytesSent",
            "bytes",
            "framesSent",
            "frames",
            "droppedFrames",
            "droppedFramesPerSecond",
        ),
        *("queueMs", "fps", "keyFrameIntervalSeconds", "avSkewMs", "uplinkKbps", "gaps", "stats"),
    }
)
"""Fields that change all the time. One that is missing here makes its topic be told too often, and nothing worse."""


def without_figures(data: Any) -> Any:
    """Return what is left of JSON without what changes all the time: if that is the same, the state is."""
    if isinstance(data, Mapping):
        return {name: without_figures(each) for name, each in data.items() if name not in _FIGURES}
    return [without_figures(each) for each in data] if isinstance(data, list) else data


class Standing:
    """Asks the parts. On the loop on which they live.

    Args:
        multistream: of the service.
        studio: likewise.
        settings: as they are now.
        wall_now: wall time with its zone.
    """

    def __init__(
        self,
        multistream: Multistream,
        studio: Studio,
        settings: Callable[[], Settings],
        wall_now: Callable[[], datetime],
    ) -> None:
        self._multistream = multistream
        self._studio = studio
        self._settings = settings
        self._wall_now = wall_now
        self._said: deque[dict[str, Any]] = deque(maxlen=MAX_SAID)
        self._scenery: dict[str, Any] = {}
        self._scenery_of: tuple[object, ...] = (self, self, self, self)  # nothing that was ever told
        self._values: dict[str, Any] = {}
        self._values_of: Settings | None = None

    @property
    def session_id(self) -> str | None:
        """Of the broadcast that runs."""
        running = self._multistream.running
        return None if running is None else running.session.id

    @property
    def are_levels_watched(self) -> bool:
        """Somebody looks at the mixer's meters."""
        return self._studio.levels is not None

    def say(self, code: str, message: str, hint: str = "") -> None:
        """Keep something that happened, to be told as a notice with its time; the oldest of many are forgotten."""
        at = self._wall_now().astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        self._said.append({"code": code, "message": message, "hint": hint, "at": at})

    def everything(self) -> dict[Topic, dict[str, Any]]:
        """Return how every topic stands, the meters if somebody watches them, and for the library that it may have changed."""
        levels = told(self._studio.levels)
        return {
            **self.states(),
            **({} if levels is None else {Topic.LEVELS: levels}),
            Topic.LIBRARY: {"change": "reload", "assetId": None},
        }

    def states(self) -> dict[Topic, dict[str, Any]]:
        """Return how every topic stands that can be compared with how it stood before."""
        running = self._multistream.running
        recording = None if running is None else RunningRecording.of(running.broadcast.recording)
        return {
            Topic.LIVE: _json(live_status(running)),
            Topic.DESTINATIONS: _json(rtmp_status(running)),
            Topic.RECORDING: {"recording": None if recording is None else _json(recording)},
            Topic.ENGINE: engine_words(self._studio),
            Topic.STUDIO: self._scenery_words(),
            Topic.SETTINGS: {"values": self._setting_values()},
            Topic.NOTICE: {"notices": [*self._hindrances(running), *self._said]},
        }

    def _scenery_words(self) -> dict[str, Any]:
        """Return the studio's; a large one takes milliseconds, so it is made anew only when it was told anew."""
        studio = self._studio
        of = (studio.studio, studio.sound, studio.preview, studio.is_private)
        if any(each is not before for each, before in zip(of, self._scenery_of, strict=True)):
            self._scenery, self._scenery_of = scenery_words(studio), of
        return self._scenery

    def _setting_values(self) -> dict[str, Any]:
        """Return every setting's value; they are looked at often, and seldom others."""
        settings = self._settings()
        if settings is not self._values_of:
            self._values = {
                name: option.declared.kind.write(settings.value(option)) for name, option in OPTIONS.items()
            }
            self._values_of = settings
        return self._values

    def _hindrances(self, running: RunningSession | None) -> Iterator[dict[str, Any]]:
        """Give what is not as it should be now, in sentences."""
        if self._multistream.is_saving:
            yield _notice(
                "recording-left-behind",
                "The recording of the broadcast that broke off is being finished.",
                "It appears among the replays by itself.",
            )
        for trouble in self._studio.troubles:
            yield _notice("engine", trouble)
        if running is None:
            return
        broadcast = running.broadcast
        if broadcast.last_end:
            yield _notice("last-end", broadcast.last_end)
        for finding in broadcast.findings:
            yield _notice(finding.code, finding.sentence, finding.remedy)
        warning = None if broadcast.recording is None else broadcast.recording.warning
        if warning is not None:
            yield _notice(f"recording-{warning.value.replace('_', '-')}", warning.title, warning.hint)
        for code, part in (("recording", broadcast.recording), ("hls", broadcast.hls)):
            if part is not None and part.cause is not None:
                yield _notice(code, part.cause.title, part.cause.hint)


def _notice(code: str, message: str, hint: str = "") -> dict[str, Any]:
    return {"code": code, "message": message, "hint": hint, "at": None}


def _json(words: Words) -> dict[str, Any]:
    return words.model_dump(mode="json", by_alias=True)
