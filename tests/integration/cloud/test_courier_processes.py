"""The courier's process: lost, silent, talking nonsense, idle, and what is seen of it from outside."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from powerstream_desktop.cloud.courier.courier import Courier
from powerstream_desktop.cloud.object_store.store_config import StoreConfig, StoreCredentials
from powerstream_desktop.cloud.object_store.stored_words import EVERYTHING
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.cloud.uploads.upload_states import UploadState
from powerstream_desktop.common.errors import SystemFault, UserError
from powerstream_desktop.common.secrets import Secret
from tests.integration.cloud.courier_stage import (
    NOWHERE,
    PATIENCE_S,
    Service,
    courier_of,
    posix,
    until,
)
from tests.integration.cloud.store_servers import CREDENTIALS
from tests.unit.cloud.uploads.records import NEW

_S = UploadState


@posix
def test_a_courier_that_falls_silent_is_killed_and_its_job_goes_on(
    folder_config: StoreConfig, film: Path
) -> None:
    async def run() -> None:
        service = Service()
        async with courier_of(folder_config, silence_s=4.0) as courier:

            def harm(_: UploadRecord) -> None:
                if len(service.kept) == 3 and courier.pid is not None:
                    os.kill(courier.pid, signal.SIGSTOP)

            service.harm = harm
            record = await courier.upload(NEW, film, service.keep)
        assert record.state is _S.VERIFIED

    asyncio.run(run())


@pytest.mark.parametrize(
    "program",
    [
        "pass",
        "print('nonsense', flush=True); sys.stdin.read()",
        "print('{', ' ' * 9_000_000, flush=True); sys.stdin.read()",
    ],
)
def test_a_courier_that_dies_or_talks_nonsense_again_and_again_is_given_up(program: str) -> None:
    async def run() -> None:
        courier = Courier((sys.executable, "-c", f"import sys; {program}"))
        courier.start(NOWHERE, CREDENTIALS)
        try:
            with pytest.raises(SystemFault):
                await courier.read_object("manifests/a.json")
            with pytest.raises(SystemFault):
                await courier.probe(NOWHERE, CREDENTIALS)
        finally:
            await courier.aclose()
        with pytest.raises(SystemFault):
            await courier.read_object("manifests/a.json")

    asyncio.run(run())


def test_a_courier_that_says_more_than_it_was_asked_for_is_killed() -> None:
    flood = """import sys; print('{"type":"listed","job":1,"objects":[]}\\n' * 999, flush=True); sys.stdin.read()"""

    async def run() -> None:
        courier = Courier((sys.executable, "-c", flood))
        courier.start(NOWHERE, CREDENTIALS)
        try:
            with pytest.raises(SystemFault):
                async for _ in courier.list_objects("manifests/"):
                    pass
        finally:
            await courier.aclose()

    asyncio.run(run())


OBEDIENT = """
import json, sys
bucket = kbps = job = None
for line in sys.stdin:
    word = json.loads(line)
    kbps = word.get("kbps", kbps)
    if word["type"] == "configure":
        bucket = word["config"]["bucket"]
    if word["type"] == "read":
        job = word["job"]
    if job and (bucket, kbps) == ("second", 0):
        print(json.dumps({"type": "done", "job": job}), flush=True)
"""


"""A courier that answers when it is told of the second store, and to send nothing."""


async def some_turns(count: int) -> None:
    """Let the loop's other tasks go on a little."""
    for _ in range(count):
        await asyncio.sleep(0)


@pytest.mark.parametrize("before", ["first", "second"])
def test_what_is_said_while_a_process_starts_holds_for_it(before: str) -> None:
    async def run(turns: int) -> None:
        courier = Courier((sys.executable, "-S", "-c", OBEDIENT))
        courier.start(replace(NOWHERE, bucket=before), CREDENTIALS)
        try:
            async with asyncio.timeout(PATIENCE_S):
                reading = asyncio.create_task(courier.read_object("a"))
                await some_turns(turns)
                courier.start(replace(NOWHERE, bucket="second"), CREDENTIALS)
                courier.allow(0)
                if before == "first":  # what was asked of one store is not asked of another (V34)
                    with pytest.raises(SystemFault):
                        await reading
                    reading = asyncio.create_task(courier.read_object("a"))
                assert await reading is None
        finally:
            await courier.aclose()

    for turns in range(1, 7):
        asyncio.run(run(turns))


@pytest.mark.parametrize(
    ("config", "credentials", "goes_on"),
    [
        (replace(NOWHERE, bucket="second"), CREDENTIALS, False),
        (NOWHERE, replace(CREDENTIALS, access_key_id="AKIDOTHER"), True),
        (replace(NOWHERE, capabilities=EVERYTHING), CREDENTIALS, True),
    ],
    ids=["another store", "other credentials", "known better"],
)
def test_what_was_asked_of_one_store_is_not_asked_of_another(
    config: StoreConfig, credentials: StoreCredentials, *, goes_on: bool
) -> None:
    told = f"({config.bucket!r}, {credentials.access_key_id!r}, {config.capabilities is not None})"
    obedient = f"""
import json, sys
for line in sys.stdin:
    word = json.loads(line)
    if word["type"] == "configure":
        config = word["config"]
        now = (config["bucket"], word["credentials"]["access_key_id"], config["capabilities"] is not None)
    elif now == {told}:
        print(json.dumps({{"type": "done", "job": word["job"]}}), flush=True)
"""

    async def run() -> None:
        courier = Courier((sys.executable, "-S", "-c", obedient))
        courier.start(NOWHERE, CREDENTIALS)
        try:
            async with asyncio.timeout(PATIENCE_S):
                reading = asyncio.create_task(courier.read_object("a"))
                await until(lambda: courier.pid is not None)
                courier.start(config, credentials)
                if not goes_on:
                    with pytest.raises(SystemFault):
                        await reading
                    reading = asyncio.create_task(courier.read_object("a"))
                assert await reading is None
        finally:
            await courier.aclose()

    asyncio.run(run())


def test_a_courier_that_closes_while_its_process_starts_leaves_none_behind() -> None:
    async def run(turns: int) -> None:
        courier = Courier((sys.executable, "-S", "-c", OBEDIENT))
        courier.start(NOWHERE, CREDENTIALS)
        async with asyncio.timeout(PATIENCE_S):
            reading = asyncio.create_task(courier.read_object("a"))
            await some_turns(turns)
            await courier.aclose()
            assert courier.pid is None
            with pytest.raises(SystemFault):
                await reading

    for turns in range(1, 7):
        asyncio.run(run(turns))


def test_a_job_that_is_cancelled_twice_is_no_job_any_more() -> None:
    async def run() -> None:
        courier = Courier((sys.executable, "-S", "-c", OBEDIENT), idle_s=0.1)
        courier.start(NOWHERE, CREDENTIALS)
        try:
            async with asyncio.timeout(PATIENCE_S):
                reading = asyncio.create_task(courier.read_object("a"))
                await until(lambda: courier.pid is not None)
                for _ in range(2):
                    reading.cancel()
                    await some_turns(5)
                with pytest.raises(asyncio.CancelledError):
                    await reading
                await until(lambda: courier.pid is None)  # it has nothing to do
        finally:
            await courier.aclose()

    asyncio.run(run())


def test_a_process_that_has_nothing_to_do_ends(folder_config: StoreConfig) -> None:
    async def run() -> None:
        async with courier_of(folder_config, idle_s=0.2) as courier:
            await courier.read_object("station/none")
            assert courier.pid
            await until(lambda: courier.pid is None)
            assert await courier.read_object("station/none") is None

    asyncio.run(run())


def test_without_a_store_nothing_is_started() -> None:
    async def run() -> None:
        courier = Courier()
        with pytest.raises(UserError):
            await courier.read_object("a")
        await courier.aclose()

    asyncio.run(run())


def assert_unseen(secret: Secret, courier: Courier) -> None:
    """Check that nobody who looks at the process sees a secret."""
    for name in ("cmdline", "environ"):
        assert secret.reveal().encode() not in Path(f"/proc/{courier.pid}/{name}").read_bytes()


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_credentials_are_seen_neither_in_arguments_nor_in_the_environment(
    folder_config: StoreConfig,
) -> None:
    async def run() -> None:
        secret = Secret("a-secret-that-nobody-may-see")
        credentials = StoreCredentials(access_key_id="AKID", secret=secret)
        async with courier_of(folder_config, credentials) as courier:
            await courier.read_object("station/none")
            assert_unseen(secret, courier)

    asyncio.run(run())


def test_the_services_side_loads_nothing_that_speaks_with_a_store() -> None:
    code = (
        "import sys, powerstream_desktop.cloud.courier.courier;"
        "sys.exit(bool({'boto3', 'botocore', 'urllib3', 'requests'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
