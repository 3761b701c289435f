"""The rule under which every fault stands: the others and the recording lose no frame and see no gap over 100 ms.

A *frame lost* is a picture that left the publisher and did not arrive, or arrived changed or out of order. A *gap* is how much
later than before the fault a picture arrived: the time since it left the publisher (so that the publisher's own gaps do not
count) less what that was at worst in the undisturbed seconds before the fault, when pictures already come in steps of
150 ms, of 200 at most (an external encoder is read some pictures at a time, ADR 0004), and less what the machine took.
In the recording, which has no arrival times, a gap is one in its time stamps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tests.e2e.support.arrivals import Picture, Visit
from tests.e2e.support.recorded_pictures import RecordedPicture
from tests.faults.film import FPS
from tests.faults.machine_noise import MachineNoise
from tests.faults.publisher import SentPicture

LONGEST_GAP_MS = 100.0
STEPS_MS = 200.0
"""However late pictures were before the fault, so much of it at most counts as the relay's way of reading."""
MEMORY_GROWTH_MIB = 32.0
LATE_STATUS_MS = 200.0
PICTURE_MS = 1000 / FPS


@dataclass(frozen=True, slots=True, kw_only=True)
class Onlooker:
    """One destination that had nothing to do with the fault, or the recording.

    Attributes:
        frames: how many pictures it got.
        lost: pictures that left the publisher and are not there, or not as they were.
        gap_ms: the longest gap.
        connects: how often it was connected; 1 for the recording.
    """

    name: str
    frames: int
    lost: int
    gap_ms: float
    connects: int = 1

    @property
    def complaint(self) -> str:
        """What is wrong; empty if nothing is."""
        wrong = []
        if not self.frames:
            wrong.append("nothing arrived")
        if self.lost:
            wrong.append(f"{self.lost} frames lost")
        if self.gap_ms > LONGEST_GAP_MS:
            wrong.append(f"a gap of {self.gap_ms:.0f} ms")
        if self.connects != 1:
            wrong.append(f"{self.connects} connections")
        return f"{self.name}: {', '.join(wrong)}" if wrong else ""


def look_at_destination(
    name: str,
    visits: Sequence[Visit],
    sent: Mapping[int, SentPicture],
    *,
    live_s: float,
    fault_s: float,
    noise: MachineNoise,
) -> Onlooker:
    """Hold what arrived at a destination, which was live at ``live_s``, against what was sent."""
    pictures = [picture for visit in visits for picture in visit.pictures]
    before = _lateness_ms((each for each in pictures if live_s <= each.at_s < fault_s), sent, noise)
    after = _lateness_ms((each for each in pictures if each.at_s >= fault_s), sent, noise)
    usual_ms = min(STEPS_MS, max(before, default=0.0))
    return Onlooker(
        name=name,
        frames=len(pictures),
        lost=_lost([(each.number, each.digest) for each in pictures], sent),
        gap_ms=max(0.0, max(after, default=0.0) - usual_ms),
        connects=len(visits),
    )


def look_at_recording(samples: Sequence[RecordedPicture], sent: Mapping[int, SentPicture]) -> Onlooker:
    """Hold what was recorded against what was sent."""
    steps_ms = [later.dts_ms - earlier.dts_ms for earlier, later in pairwise(samples)]
    return Onlooker(
        name="recording",
        frames=len(samples),
        lost=_lost([(each.number, each.digest) for each in samples], sent),
        gap_ms=max(0.0, max(steps_ms, default=0.0) - PICTURE_MS),
    )


def _lateness_ms(
    pictures: Iterable[Picture], sent: Mapping[int, SentPicture], noise: MachineNoise
) -> list[float]:
    late_ms = []
    for picture in pictures:
        if picture.number is not None and picture.number in sent:
            left_s = sent[picture.number].at_s
            late_ms.append(1000 * (picture.at_s - left_s - noise.lost_s(left_s, picture.at_s)))
    return late_ms


def _lost(arrived: Sequence[tuple[int | None, bytes]], sent: Mapping[int, SentPicture]) -> int:
    """Count what is missing from the first picture on, changed, doubled or out of order."""
    if not arrived:
        return len(sent)
    digests = {number: picture.digest for number, picture in sent.items()}
    right = {number for number, digest in arrived if number is not None and digests.get(number) == digest}
    first = min(right, default=0)
    missing = sum(1 for number in sent if number >= first and number not in right)
    numbers = [number for number, _ in arrived if number is not None]
    out_of_order = sum(1 for earlier, later in pairwise(numbers) if later <= earlier)
    return missing + out_of_order
