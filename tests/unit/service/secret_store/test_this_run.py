"""Secrets that live as long as the service, and its successor."""

from __future__ import annotations

import pytest

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.secret_store.reference import new_reference
from powerstream_desktop.service.secret_store.this_run import ThisRunStore


def test_a_successor_keeps_what_was_kept_and_nothing_that_was_deleted() -> None:
    first, second, gone = new_reference("endpoint"), new_reference("endpoint"), new_reference("endpoint")
    store, successor = ThisRunStore(), ThisRunStore()
    for reference, text in ((first, "live_1"), (second, "ключ-🎥"), (gone, "old")):
        store.set(reference, Secret(text))
    store.delete(gone)
    assert successor.restore(store.snapshot())
    assert successor.get(first) == Secret("live_1")
    assert successor.get(second) == Secret("ключ-🎥")
    assert successor.get(gone) is None


def test_a_snapshot_is_of_its_moment() -> None:
    store, successor, reference = ThisRunStore(), ThisRunStore(), new_reference("endpoint")
    snapshot = store.snapshot()
    store.set(reference, Secret("later"))
    assert successor.restore(snapshot)
    assert successor.get(reference) is None


def test_a_snapshot_prints_no_key() -> None:
    store = ThisRunStore()
    store.set(new_reference("endpoint"), Secret("CANARY-77aa"))
    assert "CANARY-77aa" in store.snapshot().reveal()
    assert "CANARY-77aa" not in f"{store.snapshot()!r} {store.snapshot()}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        '[{"reference":"endpoint-1"}]',
        '[{"reference":{"name":"endpoint-1"}}]',
        '[{"reference":{"name":"A B"},"secret":"x"}]',
    ],
)
def test_what_is_no_snapshot_changes_nothing(text: str) -> None:
    store, reference = ThisRunStore(), new_reference("endpoint")
    store.set(reference, Secret("kept"))
    assert not store.restore(Secret(text))
    assert store.get(reference) == Secret("kept")
