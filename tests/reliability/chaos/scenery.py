"""The setting of the soak: a real service with its engine and a camera, on air to five receivers, with a recording and a store."""

from __future__ import annotations

import os
import random
import shutil
import signal
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from powerstream_desktop.client.address import HomeAddress
from powerstream_desktop.client.client import Client
from powerstream_desktop.client.cloud import CredentialsWish
from powerstream_desktop.client.live import StartWish
from powerstream_desktop.cloud.object_store.store_config import StoreConfig
from powerstream_desktop.engine.control.kept_file import KeptFile
from powerstream_desktop.engine.control.user_files import KeptSound
from powerstream_desktop.engine.scene.one_source import one_source_sound
from powerstream_desktop.engine.scene.sources import CameraContent, TestPictureContent
from tests.canary import descendants
from tests.e2e.support.served import Served, role_of
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import wait_until
from tests.integration.camera.network_camera import NetworkCamera
from tests.integration.cloud.store_servers import BUCKET, CREDENTIALS, moto_store
from tests.integration.library.drawn_films import Film, make_film
from tests.reliability.chaos.receivers import FfmpegReceiver, NginxReceiver, OwnReceiver, Receiver

PATIENCE_S: Final = 60.0
CAMERA_SIZE: Final = (640, 360)
KBPS: Final = 1500
DISK_MIB: Final = 8192
CONTROL: Final = "control"
"""The receiver that no fault ever touches."""
MIB: Final = 1024 * 1024
PIECE_BYTES: Final = 64 * 1024
FILM: Final = "Film"


class Scenery:
    """All that is on stage; ``go_on_air`` begins the broadcast.

    Args:
        stage: owns what is started.

    Attributes:
        served: keeper and service.
        ingest_url: where an encoder would publish; known once it is on air.
        client: asks the service, for the soak's own thread.
        films: how many were brought to the library.
        camera: the only source.
        own: the receivers that know every picture, by name.
        nginx, ffmpeg: the other ones.
        disk: where recordings go first; a file system of its own if ``has_disk``.
        spare: where they go on.
    """

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.disk, self.spare = self.folder("disk"), self.folder("spare")
        self.has_disk = stage.enter(_own_disk(self.disk))
        self.camera = stage.keep(NetworkCamera(CAMERA_SIZE))
        self.store: StoreConfig = stage.enter(moto_store(self.folder("store")))
        self.own = {
            name: OwnReceiver(stage, name, has_door=name != CONTROL) for name in (CONTROL, "second", "third")
        }
        self.nginx = NginxReceiver(stage, "nginx")
        self.ffmpeg = FfmpegReceiver(stage, "ffmpeg")
        self.served = Served(stage, "--headless")
        self.served.wait_until_ready()
        self.client = stage.enter(
            Client(HomeAddress(runtime=self.served.runtime), patience_s=PATIENCE_S, was_found=True)
        )
        self.films = 0

    @property
    def receivers(self) -> tuple[Receiver, ...]:
        """All of them."""
        return (*self.own.values(), self.nginx, self.ffmpeg)

    @property
    def names(self) -> frozenset[str]:
        """Of all receivers."""
        return frozenset(each.name for each in self.receivers)

    def go_on_air(self) -> None:
        """Begin the broadcast; returns when every light is green."""
        self.served.show(CameraContent(device=self.camera.url))
        KeptFile(self.served.home / "config" / "sound.json", KeptSound, "sound").write(
            KeptSound(sound=one_source_sound(TestPictureContent()))
        )
        self._choose()
        self._endpoints = {
            each.name: self.served.add_endpoint(each.name, each.server_url, key_of(each.name))
            for each in self.receivers
        }
        self.ingest_url = self.client.live.start(StartWish(title="Soak")).ingest_url
        wait_until(self.all_live, what="five green lights", timeout_s=PATIENCE_S)

    def all_live(self) -> bool:
        """Whether every light is green."""
        return self.served.lights() == dict.fromkeys(self.names, "live")

    def retry_now(self, name: str) -> None:
        """Do what the button beside a light does."""
        self.client.endpoints.retry(self._endpoints[name])

    def process(self, role: str) -> int | None:
        """Return the process id of the newest child that plays a role, such as ``courier``."""
        return next((pid for pid in descendants(self.served.keeper.pid) if role_of(pid) == role), None)

    def kill(self, role: str) -> bool:
        """Kill a child by its role; False if there is none."""
        pid = self.process(role)
        if pid is not None:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return pid is not None

    def freeze_store(self, *, frozen: bool) -> None:
        """Let the store hang, or go on."""
        port = self.store.endpoint_url.rpartition(":")[2]
        for pid in descendants(os.getpid()):
            with suppress(OSError):
                words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
                if any(b"moto_server" in word for word in words) and port.encode() in words:
                    os.kill(pid, signal.SIGSTOP if frozen else signal.SIGCONT)

    def fill_disk(self) -> None:
        """Leave room for some seconds on the disk of the recordings; it cannot be made smaller than what is on it."""
        used_mib = -(-shutil.disk_usage(self.disk).used // MIB)
        _remount(self.disk, used_mib + 1)

    def free_disk(self) -> None:
        """Give the room back."""
        _remount(self.disk, DISK_MIB)

    def bring_film(self, chance: random.Random) -> None:
        """Have the library take a film that the courier needs a while for; it is uploaded by itself."""
        self.films += 1
        path = make_film(self.folder("films") / f"{FILM} {self.films}.mp4", Film(seconds=2))
        pieces = chance.randrange(6, 20) * MIB // PIECE_BYTES
        with path.open("ab") as file:
            file.write(struct.pack(">I4s", pieces * PIECE_BYTES + 8, b"free"))  # which no player looks at
            for _ in range(pieces):  # small ones: whoever notes arrivals needs the interpreter, too
                file.write(chance.randbytes(PIECE_BYTES))
        self.client.library.import_files([str(path)])

    def folder(self, name: str) -> Path:
        """Return a folder of the stage's, which is made when it is first asked for."""
        path = self.stage.folder / name
        path.mkdir(exist_ok=True)
        return path

    def recorded_bytes(self) -> int:
        """Return how much there is of the recording in all folders."""
        return sum(path.stat().st_size for path in self.recordings())

    def replay_files(self) -> Iterator[Path]:
        """Yield the files in all folders, in no order: recordings, and the copies of films that were brought."""
        for folder in (self.disk, self.spare):
            yield from folder.rglob("*.mp4")

    def recordings(self) -> Iterator[Path]:
        """Yield those of the broadcast, in no order."""
        return (path for path in self.replay_files() if not path.name.startswith(FILM))

    def _choose(self) -> None:
        credentials = CredentialsWish(
            access_key_id=CREDENTIALS.access_key_id, secret_access_key=CREDENTIALS.secret
        )
        self.client.cloud.keep_credentials(credentials)
        self.client.settings.change(
            {
                "video.size": "x".join(map(str, CAMERA_SIZE)), "video.bitrate_kbps": KBPS,
                "recording.folder": str(self.disk), "recording.fallback_folders": str(self.spare),
                "cloud.kind": "s3", "cloud.endpoint_url": self.store.endpoint_url, "cloud.region": "us-east-1",
                "cloud.bucket": BUCKET, "cloud.prefix": "soak/", "cloud.addressing": "path",
                "cloud.upload_automatically": True, "cloud.live_cap_kbps": 8000,
            }
        )  # fmt: skip
        self.store = replace(self.store, prefix="soak/")


def key_of(name: str) -> str:
    """Return the made-up stream key of a receiver, which nobody could mistake for anything else."""
    return f"canary-soak-8Zt-{name}"


@contextmanager
def _own_disk(folder: Path) -> Iterator[bool]:
    """Make a folder a disk of its own for as long as the context lasts; False where this is not allowed."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MIB}m", "tmpfs", str(folder)]
    is_root = sys.platform == "linux" and os.geteuid() == 0
    is_mounted = is_root and subprocess.run(command, check=False, capture_output=True).returncode == 0
    try:
        yield is_mounted
    finally:
        if is_mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=False)


def _remount(folder: Path, size_mib: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size_mib}m", str(folder)], check=True, capture_output=True)
