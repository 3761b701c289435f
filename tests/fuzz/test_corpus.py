"""Replays every stored fuzz input: what once broke a parser, or nearly, never does again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.harness import CORPUS, load_target, seeds, target_names

MAX_SEED_SIZE = 64 * 1024


@pytest.mark.parametrize("name", target_names())
def test_a_target_has_seeds(name: str) -> None:
    assert seeds(name)


def test_every_corpus_belongs_to_a_target() -> None:
    assert {path.name for path in CORPUS.iterdir() if path.is_dir()} <= set(target_names())


@pytest.mark.parametrize(
    ("name", "seed"),
    [pytest.param(name, seed, id=f"{name}/{seed.name}") for name in target_names() for seed in seeds(name)],
)
def test_a_stored_input_finds_no_bug(name: str, seed: Path) -> None:
    data = seed.read_bytes()

    assert len(data) <= MAX_SEED_SIZE
    load_target(name)(data)
