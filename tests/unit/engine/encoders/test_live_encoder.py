"""A broadcast that outlives its encoders. The fake that hangs holds a real thread; the clock is held in the hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.engine.encoders import live_encoder
from powerstream_desktop.engine.encoders.live_encoder import EncoderChange, LiveEncoder
from powerstream_desktop.engine.encoders.port import EncodedPicture
from powerstream_desktop.engine.picture import blank_frame
from powerstream_desktop.engine.video_settings import VideoSettings
from tests.unit.engine.encoders.fakes import FakeEncoder, be_patient_with_who_works, candidate

FPS = 10
SETTINGS = VideoSettings(width=64, height=64, fps=FPS, bitrate_kbps=200)
FRAME = blank_frame(64, 64)


@dataclass
class Broadcast:
    """Slots of a program, with a clock that stands where the program stands."""

    fakes: list[FakeEncoder]
    pictures: list[EncodedPicture] = field(default_factory=list)
    changes: list[EncoderChange] = field(default_factory=list)
    opened: list[int] = field(default_factory=list)
    now: float = 100.0
    next_slot: int = 0

    def __post_init__(self) -> None:
        self.encoder = LiveEncoder(
            SETTINGS,
            [candidate(fake, opened=self.opened.append) for fake in self.fakes],
            on_change=self.changes.append,
            clock=lambda: self.now,
        )

    def run_to(self, slot: int) -> None:
        """Make every slot before this one."""
        for number in range(self.next_slot, slot):
            self.now = 100.0 + number / FPS
            self.pictures += self.encoder.encode(FRAME, number, is_key=number % (2 * FPS) == 0)
        self.next_slot = slot

    def finish(self) -> None:
        self.pictures += self.encoder.finish()
        for fake in self.fakes:
            fake.release.set()

    def slots(self) -> list[int]:
        return [picture.pts_slot for picture in self.pictures]

    def makers(self) -> list[str]:
        """Names of those who made the pictures, in the order in which each first appears."""
        return list(dict.fromkeys(picture.data.split()[0].decode() for picture in self.pictures))


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    be_patient_with_who_works(monkeypatch)


@pytest.fixture
def pair() -> Iterator[list[FakeEncoder]]:
    fakes = [FakeEncoder("hardware"), FakeEncoder("software")]
    yield fakes
    for fake in fakes:
        fake.release.set()


def test_while_nothing_fails_every_picture_comes_in_its_own_slot(pair: list[FakeEncoder]) -> None:
    broadcast = Broadcast(pair)
    for slot in range(25):
        broadcast.run_to(slot + 1)
        assert broadcast.slots()[-1] == slot
    broadcast.finish()
    assert broadcast.makers() == ["hardware"]
    assert broadcast.encoder.skipped == 0
    assert broadcast.changes == []


def test_an_encoder_that_raises_costs_no_slot(pair: list[FakeEncoder]) -> None:
    pair[0].raises_at = 7
    broadcast = Broadcast(pair)
    broadcast.run_to(25)
    broadcast.finish()
    assert broadcast.slots() == list(range(25))
    assert broadcast.makers() == ["hardware", "software"]
    assert broadcast.encoder.skipped == 0


def test_the_next_encoder_begins_with_a_key_frame_and_its_own_headers(pair: list[FakeEncoder]) -> None:
    pair[0].raises_at = 7
    broadcast = Broadcast(pair)
    broadcast.run_to(25)
    broadcast.finish()
    assert pair[1].keys == [7, 20]
    assert {picture.headers for picture in broadcast.pictures[7:]} == {b"headers of software"}


def test_the_change_is_told_with_its_reason(pair: list[FakeEncoder]) -> None:
    pair[0].raises_at = 7
    broadcast = Broadcast(pair)
    broadcast.run_to(8)
    broadcast.finish()
    assert broadcast.changes == [
        EncoderChange(encoder="software", title="The encoder hardware refused to work.")
    ]
    assert broadcast.encoder.name == "software"


def test_an_encoder_that_hangs_is_followed_within_two_seconds(pair: list[FakeEncoder]) -> None:
    pair[0].hangs_at = 12
    broadcast = Broadcast(pair)
    broadcast.run_to(40)
    broadcast.finish()
    first = next(picture for picture in broadcast.pictures if picture.data.startswith(b"software"))
    assert first.is_key
    assert first.pts_slot - 12 <= 2 * FPS
    assert broadcast.slots() == [*range(12), *range(first.pts_slot, 40)]
    assert broadcast.encoder.skipped == first.pts_slot - 12
    assert [change.title for change in broadcast.changes] == ["The encoder hardware does not answer."]


def test_the_last_encoder_is_given_more_time_for_its_like_would_be_no_better() -> None:
    software = FakeEncoder("software")
    software.hangs_at = 12
    broadcast = Broadcast([software])
    broadcast.run_to(12 + 5 * FPS)
    assert broadcast.changes == []
    software.release.set()
    broadcast.finish()
    assert broadcast.slots() == [*range(12), *range(12, 12 + FPS)]
    assert broadcast.encoder.skipped == 4 * FPS


def test_an_encoder_that_hangs_only_for_a_moment_loses_nothing(pair: list[FakeEncoder]) -> None:
    pair[0].hangs_at = 12
    broadcast = Broadcast(pair)
    broadcast.run_to(17)
    assert broadcast.slots() == list(range(12))
    pair[0].release.set()
    broadcast.finish()
    assert broadcast.slots() == list(range(17))
    assert broadcast.encoder.skipped == 0
    assert broadcast.makers() == ["hardware"]


def test_what_waits_is_bounded_and_the_key_frame_that_fell_out_is_made_up_for(
    pair: list[FakeEncoder],
) -> None:
    """The program sleeps through the patience of the watch: its clock stands still."""
    pair[0].hangs_at = 12
    broadcast = Broadcast(pair)
    broadcast.run_to(12)
    standing = broadcast.now
    for slot in range(12, 30):
        broadcast.now = standing
        broadcast.pictures += broadcast.encoder.encode(FRAME, slot, is_key=slot in (20, 25))
    assert broadcast.encoder.waiting == FPS
    pair[0].release.set()
    broadcast.finish()
    assert broadcast.slots() == list(range(22))
    assert broadcast.encoder.skipped == 8


def test_a_silent_encoder_is_followed_within_two_seconds(pair: list[FakeEncoder]) -> None:
    pair[0].silent_from = 12
    broadcast = Broadcast(pair)
    broadcast.run_to(40)
    broadcast.finish()
    first = next(picture for picture in broadcast.pictures if picture.data.startswith(b"software"))
    assert first.is_key
    assert first.pts_slot - 12 <= 2 * FPS
    assert [change.title for change in broadcast.changes] == [
        "The encoder hardware takes pictures and gives none."
    ]
    assert broadcast.encoder.skipped == first.pts_slot - 12


def test_an_encoder_that_never_gives_anything_is_followed_too(pair: list[FakeEncoder]) -> None:
    pair[0].silent_from = 0
    broadcast = Broadcast(pair)
    broadcast.run_to(30)
    broadcast.finish()
    assert broadcast.slots()[0] <= 2 * FPS
    assert broadcast.makers() == ["software"]


def test_an_encoder_that_cannot_be_opened_is_passed_over_and_told(pair: list[FakeEncoder]) -> None:
    def refuse(_kbps: int) -> None:
        raise SystemFault("It is busy.")

    changes: list[EncoderChange] = []
    encoder = LiveEncoder(
        SETTINGS,
        [candidate(pair[0], opened=refuse), candidate(pair[1])],
        on_change=changes.append,
        clock=lambda: 0.0,
    )
    assert encoder.name == "software"
    assert changes == [EncoderChange(encoder="software", title="It is busy.")]
    encoder.finish()


def test_when_nothing_can_be_opened_the_last_reason_is_raised() -> None:
    def refuse(_kbps: int) -> None:
        raise SystemFault("It is busy.")

    with pytest.raises(SystemFault, match="It is busy"):
        LiveEncoder(
            SETTINGS,
            [candidate(FakeEncoder(), opened=refuse)],
            on_change=lambda change: None,
            clock=lambda: 0.0,
        )


def test_the_bitrate_of_the_moment_goes_over_to_the_next_encoder(pair: list[FakeEncoder]) -> None:
    pair[0].raises_at = 7
    broadcast = Broadcast(pair)
    broadcast.run_to(5)
    broadcast.encoder.set_bitrate(150)
    broadcast.run_to(8)
    broadcast.finish()
    assert pair[0].rates == [150]
    assert broadcast.opened == [200, 150]


def test_the_last_encoder_is_taken_again_a_few_times_and_then_the_engine_must_help() -> None:
    software = FakeEncoder("software")
    broadcast = Broadcast([software])
    for failure in range(1, live_encoder.MAX_FAILURES):
        software.raises_at = broadcast.next_slot + 3
        broadcast.run_to(software.raises_at)
        software.raises_at = broadcast.next_slot
        broadcast.encoder.set_bitrate(200)

        # The fake is one object: it refuses only once.
        def heal(_kbps: int) -> None:
            software.raises_at = None

        broadcast.opened.clear()
        broadcast.encoder._candidates[0] = candidate(software, opened=heal)
        broadcast.run_to(broadcast.next_slot + 1)
        assert len(broadcast.changes) == failure
    software.raises_at = broadcast.next_slot
    with pytest.raises(SystemFault, match="software refused"):
        broadcast.run_to(broadcast.next_slot + 1)
    broadcast.finish()


def test_what_is_held_back_comes_with_the_end() -> None:
    broadcast = Broadcast([FakeEncoder(holds=3)])
    broadcast.run_to(10)
    assert broadcast.slots() == list(range(7))
    assert broadcast.encoder.skipped == 0
    broadcast.finish()
    assert broadcast.slots() == list(range(10))


def test_the_end_does_not_wait_for_an_encoder_that_hangs(
    pair: list[FakeEncoder], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_encoder, "FINISH_S", 0.02)
    pair[0].hangs_at = 3
    broadcast = Broadcast(pair)
    broadcast.run_to(5)
    broadcast.finish()
    assert broadcast.slots() == [0, 1, 2]
