from __future__ import annotations

import numpy as np
import pytest

from tests.bench.engine.stamp import BITS, BLOCK, HEIGHT, NUMBERS, WIDTH, blocks, read_number

DARK, BRIGHT = 16, 235


def picture_of(number: int) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    luma = np.full((HEIGHT + 100, WIDTH + 100), 90, np.uint8)
    for block in blocks(number):
        luma[block.y : block.y + BLOCK, block.x : block.x + BLOCK] = BRIGHT if block.is_white else DARK
    return luma


@pytest.mark.parametrize("number", [0, 1, 2, 0x5555, 0xAAAA, NUMBERS - 1])
def test_a_number_is_read_as_it_was_drawn(number: int) -> None:
    assert read_number(picture_of(number)) == number


def test_coarse_compression_does_not_change_a_number() -> None:
    blurred = picture_of(0x1234).astype(np.int16)
    blurred += np.random.default_rng(1).integers(-60, 61, blurred.shape, np.int16)

    assert read_number(blurred.clip(0, 255).astype(np.uint8)) == 0x1234


def test_a_picture_in_which_a_block_is_covered_has_no_number() -> None:
    covered = picture_of(0)
    covered[: 2 * BLOCK, 3 * BLOCK : 4 * BLOCK] = DARK

    assert read_number(covered) is None


def test_a_picture_without_a_stamp_has_no_number() -> None:
    assert read_number(np.full((HEIGHT, WIDTH), BRIGHT, np.uint8)) is None
    assert read_number(np.full((HEIGHT, WIDTH - 1), BRIGHT, np.uint8)) is None
    assert read_number(np.full((HEIGHT - 1, WIDTH), BRIGHT, np.uint8)) is None


def test_every_bit_has_a_block_and_its_opposite_below() -> None:
    drawn = list(blocks(1))

    assert len(drawn) == 2 * BITS
    assert sum(block.is_white for block in drawn) == BITS
