"""The key for external encoders is made once, kept where keys are kept, and never lost to another one by accident."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.broadcast.stream_key import kept_stream_key
from powerstream_desktop.service.multistream.ingest_key import FILE_NAME, IngestKey
from powerstream_desktop.service.secret_store.secret_faults import keyring_absent, keyring_locked
from tests.unit.service.multistream.fakes import FakeSecrets


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    paths = Paths.from_environment({"POWERSTREAM_HOME": str(tmp_path)})
    paths.ensure()
    return paths


@pytest.fixture
def secrets() -> FakeSecrets:
    return FakeSecrets()


def key(paths: Paths, secrets: FakeSecrets) -> Secret:
    return asyncio.run(IngestKey(paths, secrets).get())


def test_it_is_the_same_in_every_run(paths: Paths, secrets: FakeSecrets) -> None:
    made = key(paths, secrets)
    assert len(made.reveal()) > 20
    assert key(paths, secrets) == made


def test_no_file_holds_it(paths: Paths, secrets: FakeSecrets) -> None:
    made = key(paths, secrets).reveal()
    files = [path for path in paths.config.rglob("*") if path.is_file()]
    assert [path.name for path in files] == [FILE_NAME]
    assert made not in files[0].read_text()


def test_the_key_of_the_relay_command_is_taken_over(paths: Paths, secrets: FakeSecrets) -> None:
    relay_key = kept_stream_key(paths).key
    assert key(paths, secrets) == relay_key


def test_without_a_place_to_keep_it_is_good_for_this_run(paths: Paths, secrets: FakeSecrets) -> None:
    async def twice() -> tuple[Secret, Secret]:
        ingest_key = IngestKey(paths, secrets)
        return await ingest_key.get(), await ingest_key.get()

    secrets.keeps_nothing = keyring_absent()
    first, second = asyncio.run(twice())
    assert first == second
    assert not (paths.config / FILE_NAME).exists()


def test_a_key_that_cannot_be_had_is_not_replaced(paths: Paths, secrets: FakeSecrets) -> None:
    made = key(paths, secrets)
    secrets.trouble = keyring_locked()
    with pytest.raises(SystemFault, match="locked"):
        key(paths, secrets)
    secrets.trouble = None
    assert key(paths, secrets) == made


def test_a_reference_that_leads_nowhere_gets_a_new_key(paths: Paths, secrets: FakeSecrets) -> None:
    made = key(paths, secrets)
    secrets.keys.clear()
    renewed = key(paths, secrets)
    assert renewed != made
    assert key(paths, secrets) == renewed


def renewed_key(paths: Paths, secrets: FakeSecrets) -> Secret:
    return asyncio.run(IngestKey(paths, secrets).renew())


def test_a_renewed_key_takes_the_place_of_the_one_before(paths: Paths, secrets: FakeSecrets) -> None:
    made = key(paths, secrets)
    renewed = renewed_key(paths, secrets)
    assert renewed != made
    assert key(paths, secrets) == renewed
    assert list(secrets.keys.values()) == [renewed]


def test_the_relays_key_does_not_come_back_when_it_was_renewed(paths: Paths, secrets: FakeSecrets) -> None:
    relay_key = kept_stream_key(paths).key
    assert renewed_key(paths, secrets) != relay_key
    assert key(paths, secrets) != relay_key


def test_a_key_stays_when_another_one_cannot_be_kept(paths: Paths, secrets: FakeSecrets) -> None:
    made = key(paths, secrets)
    secrets.keeps_nothing = keyring_absent()
    with pytest.raises(SystemFault):
        renewed_key(paths, secrets)
    assert key(paths, secrets) == made


def test_a_key_of_this_run_is_renewed_for_this_run(paths: Paths, secrets: FakeSecrets) -> None:
    async def story() -> tuple[Secret, Secret, Secret]:
        ingest_key = IngestKey(paths, secrets)
        return await ingest_key.get(), await ingest_key.renew(), await ingest_key.get()

    secrets.keeps_nothing = keyring_absent()
    made, renewed, after = asyncio.run(story())
    assert made != renewed == after
