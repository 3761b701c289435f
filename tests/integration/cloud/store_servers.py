"""Real object stores on loopback, each a process: moto's server and SeaweedFS. They end with whoever started them."""

from __future__ import annotations

import contextlib
import json
import os
import random
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError  # type: ignore[import-untyped]

from powerstream_desktop.cloud.object_store.s3_connection import S3Connection
from powerstream_desktop.cloud.object_store.store_config import StoreConfig, StoreCredentials, StoreKind
from powerstream_desktop.common.secrets import Secret

BUCKET = "replays"
CREDENTIALS = StoreCredentials(access_key_id="AKIDPOWERSTREAM", secret=Secret("test-secret-of-no-worth-1234"))
START_S = 60.0
POLL_S = 0.1
ATTEMPTS = 3


def free_ports(count: int) -> list[int]:
    """Return ports that nobody listens on, below those that systems give to outgoing connections."""
    found: list[int] = []
    while len(found) < count:
        port = random.randrange(12_000, 32_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            if port not in found:
                found.append(port)
    return found


def program(name: str) -> str:
    """Return the path of a program that came with a package."""
    return str(Path(sys.executable).parent / (f"{name}.exe" if sys.platform == "win32" else name))


@contextlib.contextmanager
def moto_store(folder: Path) -> Iterator[StoreConfig]:
    """Run moto's server with a bucket."""

    def command() -> tuple[list[str], int]:
        (port,) = free_ports(1)
        return [program("moto_server"), "-H", "127.0.0.1", "-p", str(port)], port

    with _running(command, folder) as config:
        yield config


@contextlib.contextmanager
def seaweed_store(folder: Path) -> Iterator[StoreConfig]:
    """Run SeaweedFS with a bucket; it checks signatures."""
    identity = {
        "name": "powerstream",
        "credentials": [{"accessKey": CREDENTIALS.access_key_id, "secretKey": CREDENTIALS.secret.reveal()}],
        "actions": ["Admin", "Read", "List", "Tagging", "Write"],
    }
    (folder / "s3.json").write_text(json.dumps({"identities": [identity]}))
    (folder / "data").mkdir()
    names = ["master.port", "volume.port", "filer.port", "s3.port"]

    def command() -> tuple[list[str], int]:
        ports = free_ports(2 * len(names))
        line = [
            program("weed"), "server", f"-dir={folder / 'data'}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-s3",
            "-filer", f"-s3.config={folder / 's3.json'}", "-master.volumeSizeLimitMB=256", "-volume.max=80",
            "-master.telemetry=false", "-s3.port.iceberg=0", "-s3.port.lance=0", "-s3.iam=false",
        ]  # fmt: skip
        for name, port, grpc_port in zip(names, ports[::2], ports[1::2], strict=True):
            line += [f"-{name}={port}", f"-{name}.grpc={grpc_port}"]
        return line, ports[6]

    with _running(command, folder) as config:
        yield config


class _EndedError(AssertionError):
    """The server ended by itself: somebody else was quicker at one of its ports."""


@contextlib.contextmanager
def _running(command: Callable[[], tuple[list[str], int]], folder: Path) -> Iterator[StoreConfig]:
    """Run a server until the end of the block; one that ends while it starts is started again on other ports."""
    environment = {**os.environ, "HOME": str(folder), "NO_PROXY": "*"}
    with (folder / "server.log").open("ab") as log:
        for attempt in range(ATTEMPTS):
            line, port = command()
            with subprocess.Popen(
                line, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment, cwd=folder
            ) as server:
                try:
                    config = _store_with_bucket(f"http://127.0.0.1:{port}", server)
                except _EndedError:
                    if attempt == ATTEMPTS - 1:
                        sys.stderr.write((folder / "server.log").read_text(errors="replace")[-3000:])
                        raise
                    continue
                else:
                    yield config
                    return
                finally:
                    server.kill()


def _store_with_bucket(url: str, server: subprocess.Popen[bytes]) -> StoreConfig:
    """Wait until the store makes a bucket, and takes something: SeaweedFS answers before it has somewhere to put anything."""
    config = StoreConfig(kind=StoreKind.S3, endpoint_url=url, bucket=BUCKET, prefix="station/")
    deadline = time.monotonic() + START_S
    connection: S3Connection | None = None
    try:
        while True:
            if server.poll() is not None:
                raise _EndedError(f"the store ended with {server.returncode}")
            if time.monotonic() > deadline:
                raise AssertionError("the store did not start")
            if connection is None and _answers(url):
                connection = S3Connection(config, CREDENTIALS)
            if connection is not None:
                with contextlib.suppress(BotoCoreError, ClientError):  # it may be there since the last round
                    connection.client.create_bucket(Bucket=BUCKET)
                with contextlib.suppress(BotoCoreError, ClientError):
                    connection.client.put_object(Bucket=BUCKET, Key="first", Body=b"1")
                    return config
            time.sleep(POLL_S)
    finally:
        if connection is not None:
            connection.close()


def _answers(url: str) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        opener.open(url, timeout=5).close()
    except urllib.error.HTTPError as error:
        error.close()
        return True
    except OSError:
        return False
    return True
