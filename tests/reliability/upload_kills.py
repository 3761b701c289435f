"""U01: an upload of 2 GiB whose process is killed ten times, and how many bytes that costs."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import random
import shutil
import signal
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from powerstream_desktop.cloud.courier.courier import Courier
from powerstream_desktop.cloud.object_store.object_store import ObjectStore
from powerstream_desktop.cloud.object_store.opening import open_store
from powerstream_desktop.cloud.object_store.store_config import StoreConfig
from powerstream_desktop.cloud.object_store.stored_words import EVERYTHING
from powerstream_desktop.cloud.uploads.part_plan import LEAST_PART_BYTES, MIB
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.cloud.uploads.upload_states import UploadState
from powerstream_desktop.common.errors import SystemFault
from tests.e2e.support.proxy import FaultProxy
from tests.integration.cloud.courier_stage import until, write_film
from tests.integration.cloud.store_servers import CREDENTIALS, seaweed_store
from tests.reliability.campaign import Campaign, Verdict

KILLS = 10
BYTES_FOR_A_KILL = 2048 * MIB // KILLS
CONNECTIONS = (1, 3, 4)
HEAD_BYTES = 2048
"""What a request has beside its body, at most."""


@dataclass
class Sending:
    """One upload: what the store was sent, and what each kill has cost."""

    line: FaultProxy
    kills_left: int
    goes_on: bool = False
    """A process was killed, and the next has not yet told what it found in the store."""
    lost_bytes: list[int] = field(default_factory=list)
    """What was sent and is not in the store, by kill."""
    kept: list[UploadRecord] = field(default_factory=list)

    @property
    def sent_bytes(self) -> int:
        return sum(each.received_bytes for each in list(self.line.passages))

    async def keep(self, record: UploadRecord) -> None:
        """Keep a step. The first one behind a kill tells what the store has, and nothing is sent before we return."""
        self.kept.append(record)
        if self.goes_on and record.state is UploadState.SENDING:
            self.goes_on = False
            self.lost_bytes.append(self.sent_bytes - record.sent_bytes - sum(self.lost_bytes))


def play_upload_kills(cases: int, folder: Path) -> Verdict:
    """Upload a film of 205 MiB for each kill: by one connection, by three as if nobody chose, and by as many as there may be."""
    film = folder / "film.mp4"
    write_film(film, cases * BYTES_FOR_A_KILL)
    said, broken = [], []
    for connections in CONNECTIONS:
        place = folder / f"store-{connections}"  # of its own: SeaweedFS gives no room back for hours
        place.mkdir()
        with seaweed_store(place) as config:
            sending = asyncio.run(_send(config, film, cases, connections))
            broken += _faults(sending, film, config, connections)
        parts = [each / LEAST_PART_BYTES for each in sending.lost_bytes]
        mean, most = sum(parts) / max(1, len(parts)), max(parts, default=0.0)
        said.append(f"{_line(connections)}: {mean:.1f} parts again for a kill, {most:.1f} at most")
        shutil.rmtree(place, ignore_errors=True)
    film.unlink()
    return Verdict(f"{cases * BYTES_FOR_A_KILL // MIB} MiB; " + "; ".join(said), tuple(broken))


async def _send(config: StoreConfig, film: Path, kills: int, connections: int) -> Sending:
    with FaultProxy(urlsplit(config.endpoint_url).port or 0) as line:
        behind = replace(config, endpoint_url=f"http://127.0.0.1:{line.port}", capabilities=EVERYTHING)
        sending = Sending(line, kills)
        sending.kept.append(UploadRecord(asset_id=f"FILM-{connections:08}", suffix=".mp4"))
        courier = Courier(parts_at_once=connections)
        courier.start(behind, CREDENTIALS)
        killing = asyncio.create_task(_kill(courier, sending))
        try:
            while sending.kept[-1].state is not UploadState.VERIFIED:
                with contextlib.suppress(SystemFault):
                    await courier.upload(sending.kept[-1], film, sending.keep)
        finally:
            killing.cancel()
            await courier.aclose()
    return sending


async def _kill(courier: Courier, sending: Sending) -> None:
    """Kill the process whenever as much of the film was sent as is drawn."""
    chance = random.Random(1)
    for number in range(sending.kills_left):
        at_bytes = int(BYTES_FOR_A_KILL * (number + chance.uniform(0.2, 0.8)))
        await until(
            lambda: not sending.goes_on and sending.sent_bytes - sum(sending.lost_bytes) >= at_bytes  # noqa: B023
        )
        if courier.pid is not None:
            os.kill(courier.pid, signal.SIGKILL)
            sending.goes_on = True
            sending.kills_left -= 1


def _faults(sending: Sending, film: Path, config: StoreConfig, connections: int) -> list[str]:
    found = []
    if sending.kills_left or len(sending.lost_bytes) != film.stat().st_size // BYTES_FOR_A_KILL:
        found.append(f"{_line(connections)}: not all kills were played")
    with contextlib.closing(open_store(config, CREDENTIALS)) as store:
        if _hash_there(store, sending.kept[-1].key) != sending.kept[-1].sha256:
            found.append(f"{_line(connections)}: the film is another one in the store")
    requests = len(sending.kept[-1].plan) + 100
    allowed = LEAST_PART_BYTES
    found += [
        f"{_line(connections)}: {each / MIB:.1f} MiB were sent again"
        for each in sending.lost_bytes
        if each > allowed + requests * HEAD_BYTES
    ]
    return found


def _line(connections: int) -> str:
    return "1 connection" if connections == 1 else f"{connections} connections"


def _hash_there(store: ObjectStore, key: str) -> str:
    there = hashlib.sha256()
    for piece in store.read(key):
        there.update(piece)
    return there.hexdigest()


U01 = Campaign(
    "U01",
    "an upload of 2 GiB is killed",
    "whole in the store, and no more than a part (8 MiB) is sent again for each kill, by as many connections as there may be",
    KILLS,
    play_upload_kills,
)
