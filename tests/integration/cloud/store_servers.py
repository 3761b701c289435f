"""Real object stores on loopback, each a process: moto's server and SeaweedFS. They end with whoever started them."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from powerstream_desktop.cloud.object_store.s3_connection import S3Connection
from powerstream_desktop.cloud.object_store.store_config import StoreConfig, StoreCredentials, StoreKind
from powerstream_desktop.common.secrets import Secret

BUCKET = "replays"
CREDENTIALS = StoreCredentials(access_key_id="AKIDPOWERSTREAM", secret=Secret("test-secret-of-no-worth-1234"))
START_S = 60.0
POLL_S = 0.1


def free_ports(count: int) -> list[int]:
    """Return ports that were free a moment ago."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def program(name: str) -> str:
    """Return the path of a program that came with a package."""
    return str(Path(sys.executable).parent / (f"{name}.exe" if sys.platform == "win32" else name))


@contextlib.contextmanager
def moto_store(folder: Path) -> Iterator[StoreConfig]:
    """Run moto's server with a bucket."""
    (port,) = free_ports(1)
    with _running([program("moto_server"), "-H", "127.0.0.1", "-p", str(port)], folder):
        yield _store_with_bucket(f"http://127.0.0.1:{port}")


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
    ports = free_ports(2 * len(names))
    command = [
        program("weed"), "server", f"-dir={folder / 'data'}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-s3", "-filer",
        f"-s3.config={folder / 's3.json'}", "-master.volumeSizeLimitMB=256", "-volume.max=20",
        "-master.telemetry=false", "-s3.port.iceberg=0", "-s3.iam=false",
    ]  # fmt: skip
    for name, port, grpc_port in zip(names, ports[::2], ports[1::2], strict=True):
        command += [f"-{name}={port}", f"-{name}.grpc={grpc_port}"]
    with _running(command, folder):
        yield _store_with_bucket(f"http://127.0.0.1:{ports[6]}")


@contextlib.contextmanager
def _running(command: list[str], folder: Path) -> Iterator[None]:
    environment = {**os.environ, "HOME": str(folder), "NO_PROXY": "*"}
    log = (folder / "server.log").open("wb")
    with (
        log,
        subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment, cwd=folder
        ) as server,
    ):
        try:
            yield
        finally:
            server.kill()


def _store_with_bucket(url: str) -> StoreConfig:
    """Wait until the store makes a bucket."""
    config = StoreConfig(kind=StoreKind.S3, endpoint_url=url, bucket=BUCKET, prefix="station/")
    deadline = time.monotonic() + START_S
    while not _answers(url):
        if time.monotonic() > deadline:
            raise AssertionError("the store did not start")
        time.sleep(POLL_S)
    connection = S3Connection(config, CREDENTIALS)
    try:
        while True:
            try:
                connection.client.create_bucket(Bucket=BUCKET)
                # SeaweedFS answers before it has somewhere to put anything.
                connection.client.put_object(Bucket=BUCKET, Key="first", Body=b"1")
            except Exception:
                if time.monotonic() > deadline:
                    raise
                time.sleep(POLL_S)
            else:
                return config
    finally:
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
