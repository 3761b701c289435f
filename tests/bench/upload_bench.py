"""Measure how quickly a file gets to an object store in parts, beside boto3's own transfer manager.

    python tests/bench/upload_bench.py                 256 MiB to SeaweedFS on this machine, five times each, in turns
    python tests/bench/upload_bench.py --mib 64        a smaller file
    python tests/bench/upload_bench.py --threads 1     one part at a time

Both send the same parts with as many threads, from the same file, by the same library; what differs is what is done with each byte: the
transfer manager hashes a part to sign it and counts a CRC of it, we send it with the SHA-256 that hashing told, and hash what was
sent. Reading the file to hash it beforehand is not measured: it happens while nothing is sent. Exit code 1 below 0.9 of its rate.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from boto3.s3.transfer import TransferConfig  # type: ignore[import-untyped]
from boto3.session import Session  # type: ignore[import-untyped]
from botocore.config import Config  # type: ignore[import-untyped]

PROJECT = Path(__file__).resolve().parents[2]
if str(PROJECT) not in sys.path:
    sys.path.insert(0, str(PROJECT))  # so that it also runs as a plain file

from powerstream_desktop.cloud.courier.body_turns import BodyTurns  # noqa: E402 - needs the line above
from powerstream_desktop.cloud.courier.errand import Errand  # noqa: E402
from powerstream_desktop.cloud.object_store.object_store import ObjectStore  # noqa: E402
from powerstream_desktop.cloud.object_store.opening import open_store  # noqa: E402
from powerstream_desktop.cloud.object_store.part_body import PartBody  # noqa: E402
from powerstream_desktop.cloud.object_store.store_config import StoreConfig  # noqa: E402
from powerstream_desktop.cloud.object_store.stored_words import EVERYTHING, PartReceipt  # noqa: E402
from tests.integration.cloud.store_servers import BUCKET, CREDENTIALS, seaweed_store  # noqa: E402

MIB = 1024 * 1024
PART_BYTES = 8 * MIB
SHARE = 0.9


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench; returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--mib", type=int, default=256)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=4)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="powerstream-") as folder:
        film = Path(folder, "film.mp4")
        with film.open("wb") as file:
            for _ in range(options.mib):
                file.write(os.urandom(MIB))
        hashes = _hashes(film)
        server = Path(folder, "server")
        server.mkdir()
        with seaweed_store(server) as config:
            ours, theirs = _measured(film, hashes, config, options.rounds, options.threads)
    share = ours.mib_per_s / theirs.mib_per_s
    sys.stdout.write(ours.line("ours") + theirs.line("boto3's transfer manager") + f"share {share:.2f}\n")
    return 0 if share >= SHARE else 1


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What a way of sending costs: medians over the rounds."""

    mib_per_s: float
    processor_s_per_gib: float

    def line(self, name: str) -> str:
        return f"{name:<26}{self.mib_per_s:7.1f} MiB/s {self.processor_s_per_gib:6.2f} s of processor for a GiB\n"


def _measured(
    film: Path, hashes: Sequence[str], config: StoreConfig, rounds: int, threads: int
) -> tuple[Figures, Figures]:
    """Return the figures of ours and theirs. They take turns at being first, so that what the machine does meets both."""
    store = open_store(replace(config, capabilities=EVERYTHING), CREDENTIALS)
    client = _their_client(config, threads)
    transfer = TransferConfig(
        multipart_threshold=PART_BYTES, multipart_chunksize=PART_BYTES, max_concurrency=threads
    )
    key = f"{config.prefix}film.mp4"
    ways: dict[str, Callable[[], None]] = {
        "ours": lambda: _send(store, key, film, hashes, threads),
        "theirs": lambda: client.upload_file(str(film), BUCKET, key, Config=transfer),
    }
    took: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    try:
        for number in range(rounds + 1):
            for name in sorted(ways, reverse=bool(number % 2)):
                began = (time.perf_counter(), time.process_time())
                ways[name]()
                if number:  # the first round only warms up
                    took[name].append((time.perf_counter() - began[0], time.process_time() - began[1]))
                store.delete(key)
    finally:
        store.close()
        client.close()
    ours, theirs = (_figures(film.stat().st_size / MIB, each) for each in took.values())
    return ours, theirs


def _figures(mib: float, took: Sequence[tuple[float, float]]) -> Figures:
    return Figures(
        mib_per_s=mib / statistics.median(seconds for seconds, _ in took),
        processor_s_per_gib=1024 / mib * statistics.median(processor_s for _, processor_s in took),
    )


def _their_client(config: StoreConfig, threads: int) -> Any:
    return Session().client(
        "s3",
        endpoint_url=config.endpoint_url,
        region_name="us-east-1",
        aws_access_key_id=CREDENTIALS.access_key_id,
        aws_secret_access_key=CREDENTIALS.secret.reveal(),
        config=Config(s3={"addressing_style": "path"}, max_pool_connections=max(10, threads), proxies={}),
    )


def _hashes(film: Path) -> list[str]:
    with film.open("rb") as file:
        return [hashlib.sha256(part).hexdigest() for part in iter(lambda: file.read(PART_BYTES), b"")]


def _send(store: ObjectStore, key: str, film: Path, hashes: Sequence[str], threads: int) -> None:
    """Upload the film as the courier does."""
    size = film.stat().st_size
    upload_id = store.create_upload(key, content_type="video/mp4", metadata={})
    turns, errand = BodyTurns(), Errand()

    def send(number: int) -> PartReceipt:
        first = (number - 1) * PART_BYTES
        part_bytes = min(PART_BYTES, size - first)
        with film.open("rb", buffering=0) as file, turns.wait_for(part_bytes, errand) as turn:
            body = PartBody(file, first=first, size_bytes=part_bytes, take=turn.gave)
            receipt = store.put_part(
                key, upload_id, number, body, size_bytes=part_bytes, sha256=hashes[number - 1]
            )
        assert body.sha256_hex() == hashes[number - 1]
        return receipt

    with ThreadPoolExecutor(threads) as pool:
        receipts = list(pool.map(send, range(1, len(hashes) + 1)))
    store.complete(key, upload_id, receipts, only_if_absent=True)


if __name__ == "__main__":
    sys.exit(main())
