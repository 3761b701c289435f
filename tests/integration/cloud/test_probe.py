"""The set-up test against real stores: what it finds, and that it leaves nothing behind."""

from __future__ import annotations

import contextlib
import time
from dataclasses import replace
from pathlib import Path

import pytest

from powerstream_desktop.cloud.object_store.folder_store import FolderStore
from powerstream_desktop.cloud.object_store.link_check import read_link
from powerstream_desktop.cloud.object_store.object_store import ObjectStore
from powerstream_desktop.cloud.object_store.opening import open_store
from powerstream_desktop.cloud.object_store.probe import probe_store
from powerstream_desktop.cloud.object_store.probe_report import ProbeReport, ProbeStep
from powerstream_desktop.cloud.object_store.s3_store import S3Store
from powerstream_desktop.cloud.object_store.store_config import StoreConfig, StoreCredentials, StoreKind
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.cloud.object_store.stored_words import EVERYTHING
from powerstream_desktop.common.frozen_json import from_json, to_json
from powerstream_desktop.common.secrets import Secret
from tests.integration.cloud.conftest import MOTO
from tests.integration.cloud.store_servers import CREDENTIALS


def probed(store: ObjectStore, prefix: str) -> ProbeReport:
    report = probe_store(store, prefix)
    assert list(store.list(prefix)) == []
    assert list(store.pending(prefix)) == []
    return report


def troubles(report: ProbeReport) -> dict[ProbeStep, TroubleCode | None]:
    return {finding.step: finding.trouble for finding in report.findings if finding.was_tried}


def test_seaweedfs_can_do_everything(seaweed: ObjectStore, prefix: str) -> None:
    report = probed(seaweed, prefix)
    assert set(troubles(report).values()) == {None}
    assert report.capabilities == EVERYTHING
    assert len(report.advice) <= 1  # it has no rule for uploads that nobody completes
    assert seaweed.capabilities == EVERYTHING


def test_moto_is_found_to_keep_no_checksums(moto: ObjectStore, prefix: str) -> None:
    report = probed(moto, prefix)
    assert report.is_ok
    assert report.capabilities == MOTO


def test_a_folder_can_do_all_but_links(folder: ObjectStore, prefix: str) -> None:
    report = probed(folder, prefix)
    assert troubles(report) == dict.fromkeys(ProbeStep) | {ProbeStep.LINK: TroubleCode.UNSUPPORTED}
    assert report.capabilities == replace(EVERYTHING, etag_is_md5=False, links=False)
    assert len(report.advice) == 1


def test_a_report_goes_through_a_pipe(folder: ObjectStore, prefix: str) -> None:
    report = probed(folder, prefix)
    assert from_json(ProbeReport, to_json(report)) == report


def test_a_bucket_that_is_not_there_is_said_at_the_first_step(moto_config: StoreConfig) -> None:
    config = replace(moto_config, bucket="another-bucket")
    with contextlib.closing(open_store(config, CREDENTIALS)) as store:
        report = probe_store(store, config.prefix)
    assert troubles(report) == {ProbeStep.WRITE: TroubleCode.NO_BUCKET}
    assert report.capabilities is None
    assert not report.is_ok
    assert "bucket" in report.findings[0].sentence
    assert report.findings[0].remedy


@pytest.mark.parametrize(
    "credentials",
    [
        replace(CREDENTIALS, access_key_id="AKIDOTHER"),
        replace(CREDENTIALS, secret=Secret("another-secret-of-no-worth")),
    ],
    ids=["id", "secret"],
)
def test_a_wrong_key_is_said_at_the_first_step(
    seaweed_config: StoreConfig, credentials: StoreCredentials
) -> None:
    with contextlib.closing(open_store(seaweed_config, credentials)) as store:
        report = probe_store(store, seaweed_config.prefix)
    assert troubles(report) == {ProbeStep.WRITE: TroubleCode.REFUSED}


def test_a_folder_that_is_not_there_is_said_at_the_first_step(tmp_path: Path) -> None:
    store = FolderStore(StoreConfig(kind=StoreKind.FOLDER, folder=tmp_path / "away"))
    assert troubles(probe_store(store, "")) == {ProbeStep.WRITE: TroubleCode.AWAY}
    assert not (tmp_path / "away").exists()


def test_a_link_that_has_expired_opens_no_more(
    seaweed_config: StoreConfig, seaweed: ObjectStore, prefix: str
) -> None:
    seaweed.put(f"{prefix}a", b"a replay", content_type="text/plain")
    assert read_link(seaweed.link(f"{prefix}a", for_s=60), 100) == b"a replay"
    slow = S3Store(seaweed_config, CREDENTIALS, wall=lambda: time.time() - 120)
    with contextlib.closing(slow), pytest.raises(StoreTrouble) as error:
        read_link(slow.link(f"{prefix}a", for_s=60), 100)
    assert error.value.kind is TroubleCode.REFUSED


def test_a_rule_that_ends_stale_uploads_is_seen(moto_config: StoreConfig) -> None:
    rule = {
        "ID": "abort",
        "Status": "Enabled",
        "Filter": {"Prefix": ""},
        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7},
    }
    with contextlib.closing(S3Store(moto_config, CREDENTIALS)) as store:
        assert store.ends_stale_uploads() is False
        client = store._connection.client
        client.put_bucket_lifecycle_configuration(
            Bucket=moto_config.bucket, LifecycleConfiguration={"Rules": [rule]}
        )
        assert store.ends_stale_uploads() is True
        client.delete_bucket_lifecycle(Bucket=moto_config.bucket)
