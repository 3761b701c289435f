"""Replays every stored fuzz input: what once broke a parser, or nearly, never does again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.bounds import check_memory, check_time
from tests.fuzz.harness import CORPUS, MAX_INPUT_BYTES, load_target, seeds, target_names


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
    data, target = seed.read_bytes(), load_target(name)

    assert len(data) <= MAX_INPUT_BYTES
    target.fuzz_one(data)
    check_time(target, data)
    check_memory(target, data)
