"""Destinations that change while the broadcast runs: another server, a backup, another list."""

from __future__ import annotations

from tests.e2e.support.arrivals import Picture
from tests.e2e.support.fake_ingest import FakeIngest
from tests.faults.judging import RETURN_S, all_of, back_within, seconds_until_back
from tests.faults.lasting import comes_true
from tests.faults.matrix import Play, Verdict, row
from tests.faults.scene import Scene

LONGEST_GAP_S = 1.0
WARM_S = 4.0
AFTERWARDS_S = 1.0
GOODBYE = ["FCUnpublish", "deleteStream"]


@row(
    "F21",
    "ReconnectRequest: move to another server",
    promised="at a key frame, gap ≤ 1 s, no frame lost",
    group="moves",
)
def asked_to_move(scene: Scene) -> Play:
    old, new = scene.ingest(), scene.ingest()
    yield [scene.destination("F21", old.server_url)]
    since_s = scene.wait_for_the_fault()
    old.ask_to_reconnect(new.server_url)
    seconds_until_back(new, since_s)
    said_goodbye = comes_true(lambda: _said_goodbye(old), AFTERWARDS_S)
    before, after = _pictures(old), _pictures(new)
    gap_s = after[0].at_s - before[-1].at_s
    lost = _missing([*before, *after])
    measured = (
        f"gap {max(0.0, gap_s):.2f} s, {lost} frames lost, goodbye {'said' if said_goodbye else 'missing'}"
    )
    return Verdict(measured, gap_s <= LONGEST_GAP_S and not lost and after[0].key and said_goodbye)


@row(
    "F25",
    "primary ingest lost, backup configured",
    promised="warm: carried on in 4 s; hot: at once, no frame lost",
    group="moves",
)
def primary_lost(scene: Scene) -> Play:
    first_warm, first_hot, warm, hot = (scene.ingest() for _ in range(4))
    to_warm, to_hot = scene.proxy(first_warm), scene.proxy(first_hot)
    yield [
        scene.destination("F25 warm", to_warm.server_url, backupServerUrl=warm.server_url, backup="warm"),
        scene.destination("F25 hot", to_hot.server_url, backupServerUrl=hot.server_url, backup="hot"),
    ]
    since_s = scene.wait_for_the_fault()
    to_warm.refuse()
    to_hot.refuse()
    carried = back_within(WARM_S, warm, since_s)
    before = [picture for picture in _pictures(hot) if picture.at_s < since_s]
    lost = _missing(_pictures(hot)) if before else len(scene.publisher.sent)
    light = scene.watcher.lights("F25 hot")[-1].line["status"]
    went_on = Verdict(
        f"{lost} frames lost, light {light}", bool(before) and not lost and light in ("live", "slow")
    )
    return all_of(("warm:", carried), ("hot:", went_on))


@row(
    "F27",
    "destination added, removed, its key changed live",
    promised="in 1.5 s, others unaffected",
    group="moves",
)
def list_changes(scene: Scene) -> Play:
    removed, edited, added = scene.ingest(), scene.ingest(), scene.ingest()
    remaining = scene.destination("F27 edited", edited.server_url)
    yield [scene.destination("F27 removed", removed.server_url), remaining]
    since_s = scene.wait_for_the_fault()
    scene.change_destinations(
        leave_out=("F27 removed", "F27 edited"),
        add=[
            {**remaining, "streamKey": "another-key"},
            scene.destination("F27 added", added.server_url),
        ],
    )
    came = back_within(RETURN_S, added, since_s)
    new_key = back_within(RETURN_S, edited, since_s)
    gone = comes_true(lambda: removed.visits[0].closed_s is not None and _said_goodbye(removed), AFTERWARDS_S)
    key = edited.visits[-1].key
    verdicts = (
        ("added:", came),
        ("key changed:", Verdict(new_key.measured, new_key.kept and key == "another-key")),
        ("removed:", Verdict("said goodbye" if gone else "still there", gone)),
    )
    return all_of(*verdicts)


def _pictures(ingest: FakeIngest) -> list[Picture]:
    return [picture for visit in list(ingest.visits) for picture in tuple(visit.pictures)]


def _missing(arrived: list[Picture]) -> int:
    """Count the pictures between the first and the last that arrived which did not."""
    numbers = {picture.number for picture in arrived if picture.number is not None}
    return sum(1 for number in range(min(numbers), max(numbers)) if number not in numbers)


def _said_goodbye(ingest: FakeIngest) -> bool:
    return ingest.commands[-2:] == GOODBYE
