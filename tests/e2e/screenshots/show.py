"""A show to take pictures of: a service with a test picture, stations, destinations that work and some that do not, and the window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from powerstream_desktop.common.paths import Paths
from powerstream_desktop.engine.scene.sources import TestPictureContent
from powerstream_desktop.platforms.catalogue import load_catalogue
from tests.e2e.support.nginx import NginxRtmp
from tests.e2e.support.ports import LOOPBACK, free_port
from tests.e2e.support.served import Served
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import wait_until
from tests.e2e.support.window import Window

SCREEN: Final = (2000, 1200)
LIGHTS_S: Final = 30.0
END_S: Final = 30.0
EARLIER_SHOWS: Final = 11


@dataclass(frozen=True, slots=True)
class Taste:
    """How the window looks.

    Attributes:
        name: part of the pictures' names.
        settings: of the service.
    """

    name: str
    settings: Mapping[str, Any]


DARK: Final = Taste("dark", {"appearance.language": "en", "appearance.theme": "dark"})
LIGHT: Final = Taste("light", {"appearance.language": "en", "appearance.theme": "light"})
CONTRAST: Final = Taste("contrast", {"appearance.language": "en", "appearance.theme": "high_contrast"})
GERMAN: Final = Taste("german", {"appearance.language": "de", "appearance.theme": "dark"})
LARGE_TEXT: Final = Taste("large-text", {"appearance.language": "en", "appearance.text_percent": 150})


class Show:
    """A service with a window before it; both end with their stage.

    Args:
        stage: what it runs on.
        taste: how the window looks.
        is_first: it is the first start ever: there is nothing yet.
    """

    def __init__(self, stage: Stage, taste: Taste, *, is_first: bool = False) -> None:
        self.taste = taste
        self._stage = stage
        self._catalogue = load_catalogue(Paths.from_environment({"POWERSTREAM_HOME": str(stage.folder)}))
        self._servers: dict[str, NginxRtmp] = {}
        self._screen = stage.screen(size=SCREEN, moving_fps=0)
        stage.process(["openbox"], name="openbox", env={"DISPLAY": self._screen.display})
        self.served = Served(stage, env={"DISPLAY": self._screen.display})
        self.served.wait_until_ready()
        self.served.show(TestPictureContent())
        self._ask("PATCH", "/api/settings", dict(taste.settings))
        if not is_first:
            self._furnish()
        self.window = self._open("window")

    def go_live(self) -> None:
        """Begin a broadcast, and wait until the destinations that work are live."""
        self._session = self.served.go_live(
            title="No Limit Live — Episode 12",
            recordingEnabled=True,
            useMultistream=True,
            stationId=self._station,
        )
        wait_until(
            lambda: [*self.served.lights().values()].count("live") >= len(self._servers),
            what="green lights",
            timeout_s=LIGHTS_S,
        )

    def make_trouble(self) -> None:
        """Let one platform die, and wait until its light says so."""
        self._servers["Kick"].kill()
        wait_until(
            lambda: self.served.lights()["Kick"] in {"retrying", "connecting"},
            what="a light",
            timeout_s=LIGHTS_S,
        )

    def set_up_cloud(self, **options: object) -> None:
        """Choose a store: settings below ``cloud.``, by their names; the others are as they were."""
        self._ask("PATCH", "/api/settings", {f"cloud.{name}": value for name, value in options.items()})

    def keep_made_up_key(self) -> None:
        """Keep an access key that opens nothing."""
        key = {"accessKeyId": "MADEUPKEYID", "secretAccessKey": "made-up-secret"}
        self._ask("PUT", "/api/cloud/credentials", key)

    def end(self) -> None:
        """End the broadcast."""
        self._ask("POST", "/api/live/stop", {"sessionId": self._session})
        wait_until(lambda: not self.served.lights(), what="the end", timeout_s=END_S)

    def look_different(self, taste: Taste) -> None:
        """Open the window anew with another taste."""
        self.window.process.stop()
        self.taste = taste
        self._ask("PATCH", "/api/settings", {"appearance.text_percent": 100, **taste.settings})
        self.window = self._open(f"window-{taste.name}")

    def _open(self, name: str) -> Window:
        window = Window(self._stage, self._screen.display, name=name)
        window.wait_for_rail()
        return window

    def _furnish(self) -> None:
        self._station = self._ask("POST", "/api/stations", {"name": "No Limit Live"})["station"]["id"]
        self._ask("POST", "/api/stations", {"name": "Workshop"})
        chosen = []
        for name in ("YouTube — Main channel", "Twitch", "Facebook page", "Kick"):
            server = self._servers[name] = self._stage.nginx(name.split()[0].lower())
            chosen.append(self._add(name, server.server_url))
        self._add("LinkedIn", self._servers["Twitch"].denied_server_url)
        nobody = f"rtmp://{LOOPBACK}:{free_port()}/live"
        self._add("TikTok", nobody, rendition="portrait", isActive=False)
        self._ask("POST", "/api/multistream/profiles", {"name": "Weekly show", "endpointIds": chosen[:3]})
        for number in range(EARLIER_SHOWS):
            self._ask("PUT", f"/api/vod/earlier-{number}", _earlier_show(number, self._station))

    def _add(self, name: str, server_url: str, **more: Any) -> str:
        platform = name.split(maxsplit=1)[0].lower()
        wish = {
            "name": name,
            "platform": platform,
            "serverUrl": server_url,
            "streamKey": self._catalogue.platform(platform).key.example or f"key-of-{platform}",
        }
        return str(self._ask("POST", "/api/rtmp/endpoints", {**wish, **more})["endpoint"]["id"])

    def _ask(self, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        status, answer = self.served.ask(method, path, body)
        assert status in {200, 201}, f"{method} {path}: {status} {answer}"
        return answer


def _earlier_show(number: int, station_id: str) -> dict[str, Any]:
    """Return a replay of another computer, each a week before the next."""
    is_workshop = number % 4 == 3
    recorded_at = datetime.now(UTC) - timedelta(days=7 * (number + 1))
    return {
        "title": "Workshop: light and sound" if is_workshop else f"No Limit Live — Episode {11 - number}",
        "recordedAt": recorded_at.isoformat(),
        "duration": 3600 + 317 * number,
        "sizeBytes": 3_100_000_000 + 170_000_000 * number,
        "stationId": station_id,
        "status": "recovered" if number == 5 else "ready",
    }
