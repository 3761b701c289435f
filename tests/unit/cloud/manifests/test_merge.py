"""Two states of a replay become one; nothing that somebody wrote is lost on the way (I5, V15-V18)."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.cloud.manifests.absorption import absorb
from powerstream_desktop.cloud.manifests.edits import (
    Author,
    ReplayMarker,
    bounded,
    brought_back,
    deleted,
    first_manifest,
    purged,
    updated,
    with_sane_stamps,
    withdrawn,
)
from powerstream_desktop.cloud.manifests.hybrid_clock import NOTHING_SEEN, Stamp
from powerstream_desktop.cloud.manifests.kept_manifests import Kept
from powerstream_desktop.cloud.manifests.manifest import MAX_LOST, LostText, Manifest, TextField
from powerstream_desktop.cloud.manifests.manifest_words import read_manifest, write_manifest
from powerstream_desktop.cloud.manifests.merge import merge
from powerstream_desktop.cloud.manifests.object_keys import thumbnail_key
from tests.unit.cloud.manifests.replays import (
    DAY_MS,
    LAPTOP,
    MINUTE_MS,
    NOW_MS,
    STUDIO,
    YEAR_MS,
    at,
    film,
    replay,
    told,
)

DESK = replace(LAPTOP, device="desk0000", name="Desk")
BEGUN = replace(first_manifest(replay(description="As recorded"), STUDIO), revision=3)
"""Both computers have it so, and so does the store."""


def edited(author: Author, later_ms: int, manifest: Manifest = BEGUN, **changes: Any) -> Manifest:
    return updated(manifest, told(manifest, **changes), at(author, later_ms))


def test_what_was_not_changed_stays_the_same_manifest() -> None:
    assert updated(BEGUN, told(BEGUN), at(LAPTOP, 5)) is BEGUN
    merged = merge(BEGUN.seen, BEGUN, BEGUN)
    assert (merged.manifest, merged.losers, merged.is_news) == (BEGUN, (), False)


def test_different_fields_are_both_kept() -> None:
    merged = merge(BEGUN.seen, edited(STUDIO, 1, title="Finale"), edited(LAPTOP, 2, description="At last"))
    assert merged.manifest.title.value == "Finale"
    assert merged.manifest.description.value == "At last"
    assert merged.losers == ()
    assert merged.is_news


def test_of_two_titles_the_later_wins_and_the_other_is_kept_with_who_wrote_it_and_when() -> None:
    here, there = edited(STUDIO, 10, title="Here"), edited(LAPTOP, 20, title="There")
    for ours, theirs in ((here, there), (there, here)):
        merged = merge(BEGUN.seen, ours, theirs)
        assert merged.manifest.title.value == "There"
        (loser,) = merged.losers
        assert loser == LostText(Stamp(NOW_MS + 10, 0, "studio00"), TextField.TITLE, "Here")
        assert merged.manifest.lost == (loser,)
        assert merged.manifest.seen.name_of(loser.stamp.device) == "Studio-PC"


def test_the_same_title_twice_is_no_conflict() -> None:
    merged = merge(BEGUN.seen, edited(STUDIO, 1, title="Finale"), edited(LAPTOP, 2, title="Finale"))
    assert merged.manifest.title.value == "Finale"
    assert merged.losers == ()


def test_a_title_that_was_read_before_it_was_replaced_is_no_loser() -> None:
    there = edited(LAPTOP, 20, edited(STUDIO, 10, title="Here"), title="There")
    here = edited(STUDIO, 10, title="Here")
    merged = merge(here.seen, here, there)
    assert (merged.manifest, merged.losers, merged.is_news) == (there, (), False)


def test_a_change_that_the_store_never_confirmed_is_kept_even_if_the_store_claims_to_know_it() -> None:
    here = edited(STUDIO, 10, title="Here")
    there = edited(LAPTOP, 20, edited(STUDIO, 15, title="From a copy of this computer"), title="There")
    merged = merge(BEGUN.seen, here, there)
    assert merged.manifest.title.value == "There"
    assert [each.text for each in merged.losers] == ["Here"]


def test_a_change_of_ours_that_we_do_not_remember_is_kept_when_we_write_another_one() -> None:
    forgotten = edited(STUDIO, 10, title="Before the backup came back")
    merged = merge(BEGUN.seen, edited(STUDIO, 20, title="After it"), forgotten)
    assert merged.manifest.title.value == "After it"
    assert [each.text for each in merged.losers] == ["Before the backup came back"]


def test_what_lost_elsewhere_comes_into_this_computers_history_too() -> None:
    there = merge(BEGUN.seen, edited(LAPTOP, 1, title="First"), edited(STUDIO, 2, title="Second")).manifest
    merged = merge(BEGUN.seen, BEGUN, there)
    assert [each.text for each in merged.losers] == ["First"]


def test_only_the_newest_texts_that_lost_are_carried_along() -> None:
    lost = [LostText(Stamp(number, 0, "laptop00"), TextField.TITLE, f"{number}") for number in range(30)]
    one, two = replace(BEGUN, lost=tuple(lost[:20])), replace(BEGUN, lost=tuple(lost[10:]))
    assert merge(BEGUN.seen, one, two).manifest.lost == tuple(lost[-MAX_LOST:])


def test_markers_of_both_sides_are_kept_and_removed_ones_stay_away() -> None:
    begun = edited(STUDIO, 1, markers=(ReplayMarker(id="a", offset_ms=1), ReplayMarker(id="b", offset_ms=2)))
    here = updated(begun, told(begun, markers=told(begun).markers[1:]), at(STUDIO, 5))
    there = updated(
        begun, told(begun, markers=(*told(begun).markers, ReplayMarker(id="c", offset_ms=3))), at(LAPTOP, 2)
    )
    for ours, theirs in ((here, there), (there, here)):
        merged = merge(begun.seen, ours, theirs)
        assert [each.id for each in merged.manifest.markers] == ["b", "c"]


def test_a_marker_that_is_renamed_outlives_its_removal_elsewhere() -> None:
    begun = edited(STUDIO, 1, markers=(ReplayMarker(id="a", offset_ms=1, label="?"),))
    removed = updated(begun, told(begun, markers=()), at(STUDIO, 50))
    renamed = updated(
        begun, told(begun, markers=(ReplayMarker(id="a", offset_ms=1, label="Goal"),)), at(LAPTOP, 9)
    )
    for ours, theirs in ((removed, renamed), (renamed, removed)):
        assert [each.label for each in merge(begun.seen, ours, theirs).manifest.markers] == ["Goal"]


def test_two_computers_that_upload_the_same_item_agree_on_one_file() -> None:
    here = updated(first_manifest(replay(), STUDIO), replay(media=film()), at(STUDIO, 5))
    there = updated(
        first_manifest(replay(), LAPTOP),
        replay(media=film(content="cut anew"), thumbnail=thumbnail_key("A1")),
        at(LAPTOP, 9),
    )
    one, other = merge(NOTHING_SEEN, here, there), merge(NOTHING_SEEN, there, here)
    assert one.manifest == other.manifest
    assert one.manifest.media.value == film(content="cut anew")
    assert one.manifest.thumbnail.value == thumbnail_key("A1")
    assert one.losers == ()


def test_a_computer_without_a_file_says_nothing_about_the_file() -> None:
    uploaded = updated(BEGUN, told(BEGUN, media=film()), at(STUDIO, 1))
    assert updated(uploaded, told(uploaded, media=None, title="Other"), at(LAPTOP, 2)).media.value == film()


# --- deletions ------------------------------------------------------------------------------------------------------


def test_what_nobody_touches_any_more_is_deleted_on_both_sides() -> None:
    gone = deleted(BEGUN, at(STUDIO, 5))
    merged = merge(BEGUN.seen, BEGUN, gone)
    assert merged.manifest.is_deleted
    assert not merged.is_news
    assert deleted(gone, at(STUDIO, 9)) is gone


def test_deleted_on_both_sides_is_deleted() -> None:
    both = merge(BEGUN.seen, deleted(BEGUN, at(STUDIO, 5)), deleted(BEGUN, at(LAPTOP, 6)))
    assert both.manifest.is_deleted
    assert not both.manifest.came_back


def test_an_edit_beats_a_deletion_that_did_not_know_of_it_whichever_was_later() -> None:
    for later_ms in (1, 90):
        gone, went_on = deleted(BEGUN, at(STUDIO, 50)), edited(LAPTOP, later_ms, title="Still good")
        merged = merge(BEGUN.seen, gone, went_on)
        assert not merged.manifest.is_deleted
        assert merged.manifest.came_back
        assert merged.manifest.title.value == "Still good"


def test_who_deletes_what_he_has_seen_edited_deletes_it() -> None:
    went_on = edited(LAPTOP, 1, title="Still good")
    assert merge(BEGUN.seen, went_on, deleted(went_on, at(STUDIO, 50))).manifest.is_deleted


def test_each_edit_needs_somebody_who_saw_it_and_deleted_nevertheless() -> None:
    one, two = edited(LAPTOP, 1, title="One"), edited(STUDIO, 2, description="Two")
    gone = merge(BEGUN.seen, deleted(one, at(LAPTOP, 9)), deleted(two, at(STUDIO, 9))).manifest
    assert gone.is_deleted
    assert not merge(BEGUN.seen, deleted(one, at(LAPTOP, 9)), two).manifest.is_deleted


def test_what_was_deleted_can_be_brought_back_and_deleted_again() -> None:
    gone = deleted(BEGUN, at(STUDIO, 5))
    back = brought_back(gone, at(LAPTOP, 6))
    assert not merge(gone.seen, gone, back).manifest.is_deleted
    assert brought_back(back, at(LAPTOP, 7)) is back
    assert merge(back.seen, back, deleted(back, at(STUDIO, 8))).manifest.is_deleted


def test_a_file_that_is_found_again_does_not_bring_back_what_was_deleted() -> None:
    found = first_manifest(replay(), Author(device="newborn0", name="", now_ms=NOW_MS + DAY_MS))
    assert merge(NOTHING_SEEN, found, deleted(BEGUN, at(STUDIO, 5))).manifest.is_deleted


def test_the_objects_of_what_came_back_after_a_month_are_gone() -> None:
    uploaded = updated(BEGUN, told(BEGUN, media=film()), at(STUDIO, 1))
    gone = purged(deleted(uploaded, at(STUDIO, 5)))
    assert purged(gone) is gone
    back = brought_back(gone, at(LAPTOP, 9))
    assert (back.media.value, back.media.stamp) == (None, uploaded.media.stamp)
    assert back.file_in_store is None
    again = updated(back, told(back, media=film(content="again")), at(LAPTOP, 10))
    assert again.file_in_store == film(content="again")
    assert uploaded.file_in_store == film()


def test_what_was_removed_from_the_store_stays_away_whoever_deletes_the_replay_since_or_goes_on_with_it() -> (
    None
):
    uploaded = updated(BEGUN, told(BEGUN, media=film()), at(STUDIO, 1))
    gone = purged(deleted(uploaded, at(STUDIO, 5)))
    also_gone = deleted(uploaded, at(LAPTOP, 6))
    went_on = edited(DESK, 7, uploaded, title="Still good")
    for one, two, three in permutations((gone, also_gone, went_on)):
        merged = merge(uploaded.seen, merge(uploaded.seen, one, two).manifest, three).manifest
        assert merged.came_back
        assert merged.file_in_store is None


@pytest.mark.parametrize("was_known", [False, True])
def test_a_file_that_was_brought_before_all_went_is_not_told_of_unless_it_was_known_that_it_went(
    was_known: bool,
) -> None:
    uploaded = updated(BEGUN, told(BEGUN, media=film()), at(STUDIO, 1))
    gone = purged(deleted(uploaded, at(STUDIO, 5)))
    before = gone if was_known else deleted(uploaded, at(STUDIO, 5))
    brought = updated(before, told(before, media=film(content="again")), at(LAPTOP, 9))
    kept = Kept(manifest=brought, published=before.seen, etag="1", is_ahead=True)
    after = absorb(kept, gone, "2", at(LAPTOP, 10), got_ms=NOW_MS, is_full=False).after
    assert after.manifest.file_in_store == (film(content="again") if was_known else None)
    assert after.is_ahead
    assert after.manifest.came_back


def test_a_deletion_that_nobody_has_heard_of_can_be_withdrawn() -> None:
    gone = deleted(BEGUN, at(STUDIO, 5))
    assert not withdrawn(gone, BEGUN.seen).is_deleted
    assert withdrawn(gone, gone.seen) is gone
    assert withdrawn(BEGUN, BEGUN.seen) is BEGUN


# --- clocks ---------------------------------------------------------------------------------------------------------


def test_what_was_found_in_a_folder_beats_no_later_change() -> None:
    named = edited(LAPTOP, 5, title="Named since")
    found = first_manifest(
        replay(title="As in the folder"), Author(device="newborn0", name="", now_ms=NOW_MS + DAY_MS)
    )
    merged = merge(NOTHING_SEEN, found, named)
    assert merged.manifest.title.value == "Named since"
    assert [each.text for each in merged.losers] == ["As in the folder"]


def test_a_clock_ten_years_ahead_does_not_win_once_the_server_told_the_time() -> None:
    wrong = edited(STUDIO, 10 * YEAR_MS, title="From the future")
    sane = with_sane_stamps(wrong, BEGUN.seen, at(STUDIO, 10))
    later = edited(LAPTOP, MINUTE_MS, title="Later")
    assert sane.title.stamp == Stamp(NOW_MS + 10, 0, "studio00")
    assert sane.seen.newest == sane.title.stamp
    assert merge(BEGUN.seen, later, sane).manifest.title.value == "Later"
    assert with_sane_stamps(sane, BEGUN.seen, at(STUDIO, 10)) is sane


def test_what_came_in_an_order_keeps_it_when_its_clock_is_put_right() -> None:
    wrong = edited(STUDIO, YEAR_MS, title="One", markers=(ReplayMarker(id="a", offset_ms=1),))
    gone = deleted(wrong, at(STUDIO, YEAR_MS + 5))
    back = brought_back(gone, at(STUDIO, YEAR_MS + 9))
    for manifest in (gone, back):
        sane = with_sane_stamps(manifest, BEGUN.seen, at(STUDIO, 10))
        assert sane.is_deleted == manifest.is_deleted
        assert max(stamp for stamp, _ in sane.stamps()).wall_ms == NOW_MS + 10
        assert read_manifest("A1", write_manifest(sane)) == sane


def test_somebody_elses_future_is_cut_off_for_everybody_alike() -> None:
    wrong = edited(
        STUDIO, 10 * YEAR_MS, title="From the future", markers=(ReplayMarker(id="a", offset_ms=1),)
    )
    wrong = deleted(wrong, at(STUDIO, 11 * YEAR_MS))
    limit_ms = NOW_MS + 5 * MINUTE_MS
    cut = bounded(wrong, limit_ms)
    assert cut.seen.newest == Stamp(limit_ms, 0, "studio00")
    assert cut.is_deleted
    assert read_manifest("A1", write_manifest(cut)) == cut
    assert updated(cut, told(cut, title="Next"), at(LAPTOP, 1)).title.stamp > cut.title.stamp
    assert bounded(BEGUN, limit_ms) is BEGUN


# --- any order ------------------------------------------------------------------------------------------------------

AUTHORS = (STUDIO, LAPTOP, Author(device="tablet00", name="Tablet", now_ms=NOW_MS))
steps = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["title", "description", "mark", "unmark", "delete", "back", "meet"]),
    ),
    max_size=14,
)


@given(steps, st.permutations([0, 1, 2]))
def test_states_come_together_in_any_order(steps: list[tuple[int, str]], order: list[int]) -> None:
    states = [BEGUN, BEGUN, BEGUN]
    for number, (who, what) in enumerate(steps):
        states[who] = after(states[who], what, number, at(AUTHORS[who], number // 3), states[(who + 1) % 3])
    one, two, three = (states[number] for number in order)
    together = joined(joined(states[0], states[1]), states[2])
    others = joined(joined(one, two), three), joined(one, joined(two, three))
    for other in others:
        # Who meets whom first decides who had read what; a text is kept rather once too often.
        assert replace(other, lost=()) == replace(together, lost=())
    assert joined(others[0], joined(together, others[1])) == joined(joined(others[1], others[0]), together)
    assert joined(together, one) == together


def after(mine: Manifest, what: str, number: int, author: Author, other: Manifest) -> Manifest:
    """A computer's state after a step."""
    markers = told(mine).markers
    match what:
        case "title" | "description":
            return updated(mine, told(mine, **{what: f"{number}"}), author)
        case "mark":
            fresh = ReplayMarker(id=f"m{number}", offset_ms=number)
            return updated(mine, told(mine, markers=(*markers, fresh)), author)
        case "unmark":
            return updated(mine, told(mine, markers=markers[1:]), author)
        case "delete":
            return deleted(mine, author)
        case "back":
            return brought_back(mine, author)
    return joined(mine, other)


def joined(one: Manifest, other: Manifest) -> Manifest:
    return merge(one.seen, one, other).manifest
