"""When an upload is tried again (reliability_security.md 4.8): soon, then later, never in step with others, and for ever."""

from __future__ import annotations

import dataclasses
import random
from typing import Final

from powerstream_desktop.cloud.uploads.upload_record import UploadRecord, UploadTrouble
from powerstream_desktop.cloud.uploads.upload_states import UploadEvent
from powerstream_desktop.common.errors import Fault, PowerStreamError

LONGEST_PAUSE_S: Final = 60.0
PATIENT_AFTER: Final = 20
"""Failures in a row, after which an hour lies between two attempts."""
AN_HOUR_S: Final = 3600.0
_MOST_DOUBLINGS: Final = 6


def pause_s(attempt: int, rng: random.Random, *, retry_after_s: float | None = None) -> float:
    """Return how long to wait after a failure that may go away by itself.

    Args:
        attempt: failures in a row, this one included.
        rng: source of randomness.
        retry_after_s: what the store asked for; it is never shortened, but by an hour bounded.
    """
    if attempt > PATIENT_AFTER:
        pause = AN_HOUR_S * rng.uniform(1.0, 1.5)
    else:
        pause = rng.uniform(0.0, min(LONGEST_PAUSE_S, 2.0 ** min(attempt, _MOST_DOUBLINGS)))
    return max(pause, min(retry_after_s or 0.0, AN_HOUR_S))


def failed(record: UploadRecord, error: PowerStreamError, *, now_ms: int, rng: random.Random) -> UploadRecord:
    """Return an upload after a failure, with the time of its next attempt.

    What the store says of that and what this machine's disks do may pass. A refusal that nothing but the user's doing can change is
    tried again after an hour: a bucket's rules may have been mended elsewhere, and nobody told us.
    """
    attempt = record.attempt + 1
    if getattr(error, "is_worth_retrying", error.fault is Fault.SYSTEM):
        wait_s = pause_s(attempt, rng, retry_after_s=getattr(error, "retry_after_s", None))
    else:
        wait_s = AN_HOUR_S
    return record.after(
        UploadEvent.TROUBLE,
        attempt=attempt,
        trouble=UploadTrouble.of(error),
        next_try_at_ms=now_ms + int(wait_s * 1000),
    )


def later(record: UploadRecord, error: PowerStreamError, *, now_ms: int, rng: random.Random) -> UploadRecord:
    """Return an upload that is being cancelled after a failure to do so: its state stays, and it is tried again."""
    attempt = record.attempt + 1
    wait_s = pause_s(attempt, rng, retry_after_s=getattr(error, "retry_after_s", None))
    return dataclasses.replace(
        record,
        attempt=attempt,
        trouble=UploadTrouble.of(error),
        next_try_at_ms=now_ms + int(wait_s * 1000),
    )
