from __future__ import annotations

from powerstream_desktop.client.assets import DestinationGap, Gap
from powerstream_desktop.desktop.review.asset_moments import moments_of
from powerstream_desktop.desktop.review.moments import MomentKind
from tests.unit.desktop.replays.fake_client import asset, marker


def test_markers_come_first_then_what_was_missed_then_breaks_each_in_time() -> None:
    shown = asset(
        1,
        markers=(marker(2, 2_042_000, "Best joke"), marker(1, 760_000, "")),
        destination_gaps=(
            DestinationGap(destination="Kick", platform="kick", start_ms=3_130_000, end_ms=3_181_000),
        ),
        gaps=(Gap(start_ms=1_000, end_ms=3_000, reason="disk"),),
    )
    assert [(each.kind, each.text) for each in moments_of(shown)] == [
        (MomentKind.MARKER, "12:40"),
        (MomentKind.MARKER, "34:02 Best joke"),
        (MomentKind.MISSED, "Kick down 52:10–53:01"),
        (MomentKind.BREAK, "Not recorded 0:01–0:03"),
    ]


def test_what_is_between_two_moments_keeps_both_ends() -> None:
    [missed] = moments_of(
        asset(1, destination_gaps=(DestinationGap(destination="X", platform="x", start_ms=5, end_ms=9),))
    )
    assert (missed.start_us, missed.end_us, missed.marker_id) == (5_000, 9_000, "")
