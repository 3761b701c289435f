"""The button says what it will do, and the wish says the same."""

from __future__ import annotations

from typing import Any

import pytest

from powerstream_desktop.client.live import EXTERNAL, STUDIO
from powerstream_desktop.desktop.golive.broadcast_choice import BroadcastChoice, Going, prospect, usual_choice
from tests.unit.desktop.destinations.values import (
    ENDPOINTS,
    NO_KEY,
    PROFILES,
    destination_report,
    endpoint,
    report,
)

USUAL = frozenset({"yt", "tw", "fb", "ki", "li"})


def choice(*chosen: str, **fields: Any) -> BroadcastChoice:
    return BroadcastChoice(endpoints=ENDPOINTS, chosen=frozenset(chosen), **fields)


def test_usually_all_that_are_in_use_are_chosen_or_those_of_the_profile() -> None:
    assert usual_choice(ENDPOINTS, None) == USUAL
    assert usual_choice(ENDPOINTS, PROFILES[1]) == {"yt", "fb"}
    assert usual_choice(ENDPOINTS[:1], PROFILES[1]) == {"yt"}, "what is gone is not chosen"


def test_all_in_use_are_left_to_the_station_so_that_others_may_join() -> None:
    wish = choice(*USUAL, station_id="st1", title=" Evening ", description="Words\n").start_wish()
    assert (wish.selected_endpoints, wish.profile_id, wish.station_id) == (None, None, "st1")
    assert (wish.title, wish.description) == ("Evening", "Words")
    assert (wish.use_multistream, wish.recording_enabled, wish.source) == (True, True, STUDIO)


def test_a_profile_is_named_while_it_means_just_what_is_chosen() -> None:
    assert choice("yt", "fb", profile=PROFILES[1]).start_wish().profile_id == "pr2"
    wish = choice("yt", profile=PROFILES[1]).start_wish()
    assert (wish.profile_id, wish.selected_endpoints) == (None, ("yt",))


def test_a_selection_is_sent_in_the_order_of_the_endpoints() -> None:
    assert choice("tw", "yt").start_wish().selected_endpoints == ("yt", "tw")


def test_nothing_chosen_goes_to_no_platform() -> None:
    wish = choice().start_wish()
    assert (wish.use_multistream, wish.selected_endpoints, wish.recording_enabled) == (False, None, True)


def test_a_rehearsal_leaves_no_replay() -> None:
    wish = choice("yt", source=EXTERNAL).start_wish(is_rehearsal=True)
    assert (wish.is_rehearsal, wish.recording_enabled, wish.source) == (True, False, EXTERNAL)


def test_before_the_look_only_missing_keys_are_known() -> None:
    ahead = prospect(choice("yt", "tt"), None)
    assert (ahead.going, ahead.ready, ahead.wanted) == (Going.LIVE, 1, 2)
    assert [(each.label, each.code) for each in ahead.left_out] == [("Portrait", "no-key")]


def test_who_is_not_ready_is_left_out_with_the_reason() -> None:
    found = report(destination_report("Main channel"), destination_report("Event", NO_KEY))
    ahead = prospect(choice("yt", "li"), found)
    assert (ahead.ready, ahead.wanted, ahead.going) == (1, 2, Going.LIVE)
    [out] = ahead.left_out
    assert (out.label, out.code, out.why) == ("Event", "no-key", "LinkedIn has no stream key.")


@pytest.mark.parametrize(
    ("chosen", "is_recorded", "going"),
    [
        ((), True, Going.RECORD_ONLY),
        ((), False, Going.NOWHERE),
        (("yt",), False, Going.LIVE),
        (("tt",), True, Going.NOWHERE),
    ],
)
def test_the_button_does_nothing_only_where_nothing_would_come_of_it(
    chosen: tuple[str, ...], is_recorded: bool, going: Going
) -> None:
    assert prospect(choice(*chosen, is_recorded=is_recorded), None).going is going


def test_an_endpoint_out_of_use_may_be_chosen_by_hand() -> None:
    spare = endpoint("sp", is_active=False)
    wish = BroadcastChoice(endpoints=(spare,), chosen=frozenset({"sp"})).start_wish()
    assert wish.selected_endpoints == ("sp",)
