"""The set-up test step by step against a store in memory: what each trouble leads to, and that nothing stays behind."""

from __future__ import annotations

from dataclasses import replace

import pytest

from powerstream_desktop.cloud.object_store import probe
from powerstream_desktop.cloud.object_store.probe import CONTENT, probe_store
from powerstream_desktop.cloud.object_store.probe_advice import advice_for
from powerstream_desktop.cloud.object_store.probe_report import ProbeStep
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.cloud.object_store.stored_words import EVERYTHING, StoreCapabilities
from tests.unit.cloud.memory_store import MemoryBucket, MemoryStore


@pytest.fixture(autouse=True)
def _links(monkeypatch: pytest.MonkeyPatch) -> None:
    """A store in memory has no address to follow."""
    monkeypatch.setattr(probe, "read_link", lambda _link, _max_bytes: CONTENT)


def refusing(operation: str, code: TroubleCode, *, at_call: int = 1) -> MemoryStore:
    """Return a store of which one call goes wrong."""
    calls = 0

    def before(name: str, _key: str) -> None:
        nonlocal calls
        if name == operation:
            calls += 1
            if calls == at_call:
                raise StoreTrouble(code)

    return MemoryStore(MemoryBucket(), before=before)


def test_a_store_that_does_all_leaves_nothing_to_say() -> None:
    store = MemoryStore(MemoryBucket())
    report = probe_store(store, "station/")
    assert [finding.step for finding in report.findings] == list(ProbeStep)
    assert all(finding.is_ok for finding in report.findings)
    assert report.capabilities == EVERYTHING
    assert report.advice == ()
    assert store.bucket.objects == {}
    assert store.bucket.pending == {}
    assert all(key.startswith("station/.powerstream-probe/") for _, key in store.calls)


@pytest.mark.parametrize(
    ("operation", "step"),
    [
        ("put", ProbeStep.WRITE),
        ("read", ProbeStep.READ),
        ("list", ProbeStep.LIST),
        ("link", ProbeStep.LINK),
        ("delete", ProbeStep.DELETE),
    ],
)
def test_the_step_that_fails_is_named_with_its_remedy(operation: str, step: ProbeStep) -> None:
    store = refusing(operation, TroubleCode.REFUSED)
    report = probe_store(store, "station/")
    failed = [finding for finding in report.findings if finding.trouble is not None]
    assert [finding.step for finding in failed] == [step]
    assert failed[0].trouble is TroubleCode.REFUSED
    assert failed[0].sentence
    assert failed[0].remedy
    assert report.is_ok == (step is ProbeStep.LINK)
    later = [finding for finding in report.findings if not finding.was_tried]
    assert all(not finding.is_ok for finding in later)
    if step is not ProbeStep.DELETE:
        assert store.bucket.objects == {}


def test_what_was_written_is_removed_although_the_rest_failed() -> None:
    store = refusing("list", TroubleCode.REFUSED)
    report = probe_store(store, "station/")
    assert report.findings[-1].step is ProbeStep.DELETE
    assert report.findings[-1].is_ok
    assert store.bucket.objects == {}


@pytest.mark.parametrize("operation", ["create_upload", "put_part", "complete"])
def test_a_store_that_stumbles_over_checksums_is_used_without(operation: str) -> None:
    # The first part that is put is the one that it has to refuse.
    store = refusing(operation, TroubleCode.UNSUPPORTED, at_call=2 if operation == "put_part" else 1)
    report = probe_store(store, "station/")
    assert report.capabilities == replace(EVERYTHING, part_checksums=False)
    assert store.bucket.pending == {}


@pytest.mark.parametrize(
    ("operation", "at_call"), [("put", 2), ("put", 3), ("create_upload", 1), ("put_part", 1), ("complete", 2)]
)
def test_a_store_that_asks_to_slow_down_is_not_taken_for_one_that_cannot(
    operation: str, at_call: int
) -> None:
    store = refusing(operation, TroubleCode.SLOW_DOWN, at_call=at_call)
    report = probe_store(store, "station/")
    assert report.capabilities is None
    assert TroubleCode.SLOW_DOWN in [finding.trouble for finding in report.findings]
    assert store.bucket.objects == {}
    assert store.bucket.pending == {}


def test_a_store_without_uploads_in_parts_cannot_be_used() -> None:
    def before(name: str, _key: str) -> None:
        if name == "create_upload":
            raise StoreTrouble(TroubleCode.UNSUPPORTED)

    report = probe_store(MemoryStore(MemoryBucket(), before=before), "station/")
    assert not report.is_ok
    assert [finding.step for finding in report.findings if finding.trouble] == [ProbeStep.PARTS]


def test_a_store_that_keeps_what_broke_off_is_said_to() -> None:
    store = MemoryStore(MemoryBucket())
    store.says_about_stale_uploads = False
    (advice,) = probe_store(store, "station/").advice
    assert "7 days" in advice.remedy
    assert advice_for(EVERYTHING, 0.0, ends_stale_uploads=True) == ()


def test_advice_is_given_for_what_can_be_better() -> None:
    assert advice_for(EVERYTHING, 0.0) == ()
    assert len(advice_for(replace(EVERYTHING, conditional_replace=False), 0.0)) == 1
    assert len(advice_for(replace(EVERYTHING, links=False), 0.0)) == 1
    (clock,) = advice_for(EVERYTHING, -7200.0)
    assert "120 minutes" in clock.sentence
    everything = advice_for(StoreCapabilities(links=False), 7200.0)
    assert len(everything) == 4
    assert all(each.remedy for each in everything)
