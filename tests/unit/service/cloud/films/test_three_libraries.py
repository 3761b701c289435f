"""No film of three computers is lost, and none is named that is not there, whatever happens to them (V32)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import seed, settings
from hypothesis.stateful import run_state_machine_as_test

from powerstream_desktop.cloud.uploads.upload_states import UploadState
from powerstream_desktop.service.cloud.kept_uploads import keep_record, read_record
from powerstream_desktop.service.store.tables import Tables
from tests.unit.service.cloud.films.life import Kind
from tests.unit.service.cloud.films.three_libraries import DAY_S, ThreeLibraries

PORTIONS = 4
"""Each is a test: a busy machine needs its time for each."""
SCHEDULES = 25
"""In each of them."""
STEPS = 15


@pytest.mark.parametrize("portion", range(PORTIONS))
def test_no_film_of_three_computers_is_lost_and_none_is_named_that_is_not_there(portion: int) -> None:
    """Always the same schedules: others are drawn by ``bootstrap.py reliability V32``, where nobody waits to land."""

    class Portion(ThreeLibraries):
        """The same computers, other chances."""

    run_state_machine_as_test(
        seed(portion)(Portion),
        settings=settings(max_examples=SCHEDULES, stateful_step_count=STEPS, database=None),
    )


@pytest.fixture
def three() -> Iterator[ThreeLibraries]:
    """Three computers that have shared two films."""
    three = ThreeLibraries()
    three.begin(is_conditional=True, has_server=False, seed=0)
    yield three
    three.close()


def films_in_the_store(three: ThreeLibraries) -> list[str]:
    return [key for key in three.world.bucket.objects if key.endswith(".mp4")]


def test_that_a_film_is_gone_everywhere_is_seen(three: ThreeLibraries) -> None:
    three.give_up(0, "replay-one", None, loses=False, is_shared=False)
    assert three.computers[0].given_up == 1
    for key in films_in_the_store(three):
        del three.world.bucket.objects[key]
    with pytest.raises(AssertionError, match=r"'replay-one'.*I1"):
        three.look(Kind.FILE)


@pytest.mark.parametrize("who", ["a manifest", "the server"])
def test_that_something_is_named_that_is_not_there_is_seen(three: ThreeLibraries, who: str) -> None:
    if who == "the server":
        three.world.server.put_in("replay-one", sha256="ab" * 32)
    else:
        for key in films_in_the_store(three):
            three.world.bucket.objects[key].data = b"other bytes"
    with pytest.raises(AssertionError, match=rf"{who} names .*I3"):
        three.look(Kind.SERVER)


def test_a_file_that_was_given_up_comes_back(three: ThreeLibraries) -> None:
    three.give_up(0, "replay-one", None, loses=False, is_shared=False)
    three.fetch(0, "replay-one", None, loses=False)
    assert (three.computers[0].given_up, three.computers[0].fetched) == (1, 1)


def test_of_two_films_of_one_replay_the_one_that_was_told_last_stays(three: ThreeLibraries) -> None:
    one, other = three.computers[0], three.computers[1]
    three.fetch(0, "replay-one", None, loses=False)  # the first of those who lack it
    assert other.has_file("replay-one")
    three.meddle_with_the_file(1, "replay-one", is_written=True)
    three.lose_the_database(1)
    three.share(1, "replay-one")
    before = {each.asset_id: each for each in three.oracle.by_manifests()}
    assert (
        before["replay-one"].sha256
        == hashlib.sha256((other.folder / "replay-one.mp4").read_bytes()).hexdigest()
    )
    for computer in (one, other, one):  # each says all that it knows, as it does at its start
        three.run(computer.do(computer.syncs))
        assert {each.asset_id: each for each in three.oracle.by_manifests()} == before


def miss_and_fetch(three: ThreeLibraries) -> None:
    """Lose the first computer's file, and ask for it once that was seen and compared."""
    here = three.computers[0]
    three.meddle_with_the_file(0, "replay-one", is_written=False)
    for step in (here.looks, here.syncs, lambda: here.room.download("replay-one"), here.copies):
        three.run(here.do(step))


def test_a_film_that_is_missed_long_after_its_manifest_was_read_is_fetched_from_the_cloud(
    three: ThreeLibraries,
) -> None:
    here = three.computers[0]
    three.lose_the_database(0)
    three.run(here.do(here.syncs))
    miss_and_fetch(three)
    assert here.has_file("replay-one")


@pytest.mark.parametrize("life", [UploadState.FAILED, UploadState.CANCELLED])
def test_a_film_that_is_missed_while_its_upload_came_to_nothing_is_fetched_where_another_computer_brought_it(
    three: ThreeLibraries, life: UploadState
) -> None:
    here = three.computers[0]

    def came_to_nothing(tables: Tables) -> None:
        record = read_record(tables, "replay-one")
        assert record is not None
        keep_record(tables, record, replace(record, state=life), datetime.now(UTC))

    three.run(here.do(lambda: here.store.write(came_to_nothing)))
    miss_and_fetch(three)
    assert here.has_file("replay-one")


def test_a_copy_that_another_computer_has_brought_again_is_fetched_where_the_file_is_missed(
    three: ThreeLibraries,
) -> None:
    other = three.computers[1]
    three.fetch(0, "replay-one", None, loses=False)  # the first of those who lack it
    three.meddle_with_the_file(1, "replay-one", is_written=False)
    three.run(other.do(other.looks))
    (key,) = (each for each in films_in_the_store(three) if "replay-one" in each)
    taken = three.world.bucket.objects.pop(key)
    three.run(other.do(lambda: other.room._backend._tools.comparison.copies.look_for(["replay-one"])))
    three.run(other.do(other.uploads))
    three.world.bucket.objects[key] = taken
    three.run(other.do(lambda: other.room.download("replay-one")))
    three.run(other.do(other.copies))
    assert other.has_file("replay-one")


def all_settle(three: ThreeLibraries) -> None:
    three.settle()
    three.whoever_knows_of_a_film_gets_it()


def test_a_replay_that_comes_back_names_no_film_that_went_although_another_computer_has_deleted_it_since(
    three: ThreeLibraries,
) -> None:
    three.write_a_title(2, "replay-two")
    three.delete_everywhere(0, "replay-two")
    three.work(0, "syncs", 1, None, loses=False)
    three.delete_everywhere(1, "replay-two")
    three.wait(31 * DAY_S)
    all_settle(three)


def test_a_replay_that_was_brought_back_names_no_film_that_went(three: ThreeLibraries) -> None:
    three.delete_everywhere(0, "replay-two")
    three.lose_or_find_the_network(1)
    three.share(0, "replay-two")
    three.wait(31 * DAY_S)
    three.share(2, "replay-one")
    three.record(0, "replay-two")
    three.delete_everywhere(1, "replay-two")
    all_settle(three)


def test_a_film_that_was_found_there_before_it_went_is_told_of_only_when_it_was_found_again(
    three: ThreeLibraries,
) -> None:
    three.meddle_with_the_file(1, "replay-one", is_written=False)
    three.delete_everywhere(2, "replay-one")
    three.give_up(1, "replay-two", None, loses=False, is_shared=True)
    three.lose_the_database(2)
    three.record(2, "replay-one")
    three.upload(2, "replay-one", None, loses=False)
    three.wait(31 * DAY_S)
    three.share(1, "replay-two")
    all_settle(three)


def test_titles_that_two_computers_tell_the_server_come_to_an_end() -> None:
    three = ThreeLibraries()
    three.begin(is_conditional=True, has_server=True, seed=0)
    three.fetch(2, "replay-one", None, loses=False)
    three.lose_the_database(1)
    three.upload(1, "replay-one", None, loses=False)
    three.write_a_title(0, "replay-one")
    three.teardown()
