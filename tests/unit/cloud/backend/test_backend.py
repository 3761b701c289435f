"""Telling a server of replays: as often as it takes, only what is verified, and never at the cost of a film or a text (V14, V33)."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from typing import Any

import pytest

from powerstream_desktop.cloud.backend.backend import MAX_MERGES, Backend, refreshing
from powerstream_desktop.cloud.backend.backend_troubles import BackendCode, BackendTrouble
from powerstream_desktop.cloud.backend.backend_wire import WireAnswer, WireRequest
from powerstream_desktop.cloud.backend.texts import Agreement, LostWords, Texts
from powerstream_desktop.cloud.backend.token_keeper import TokenKeeper
from powerstream_desktop.cloud.uploads.upload_states import UploadState
from powerstream_desktop.common.errors import BugError
from powerstream_desktop.common.secrets import Secret
from tests.unit.cloud.backend.scripted_server import (
    ACCOUNT,
    ASSET_ID,
    NOW_S,
    SHA256,
    Fault,
    MemoryPlace,
    ScriptedServer,
    as_usual,
    failing,
    failing_after_all,
    losing_the_answer,
    registration,
    saying,
    tokens,
    uploaded,
)

WORDS: dict[str, Any] = {"id": ASSET_ID, "title": "", "description": "", "sizeBytes": 1}


def _backend(server: ScriptedServer) -> Backend:
    keeper = TokenKeeper(MemoryPlace(), refreshing(server), wall_clock=lambda: NOW_S)
    keeper.log_in(tokens())
    return Backend(ACCOUNT, server, keeper, sleep=lambda _: None, rng=random.Random(1))


def _texts(title: str, description: str = "") -> Texts:
    return Texts(title=title, description=description, station_id=None)


def _agreed(title: str, description: str = "") -> Agreement:
    return Agreement(ours=_texts(title, description), theirs=_texts(title, description))


def test_a_replay_is_told_once_verified_with_all_that_is_said_of_it() -> None:
    server = ScriptedServer()
    told = _backend(server).tell(registration(station_id="01STATION"), uploaded(), None)
    said = server.replays[ASSET_ID]
    assert (said["title"], said["sha256"], said["sizeBytes"], said["duration"]) == (
        "A show",
        SHA256,
        4096,
        61.0,
    )
    assert (said["stationId"], said["recordedAt"]) == ("01STATION", "2026-11-01T20:00:00.000Z")
    assert told.lost == ()


@pytest.mark.parametrize(
    "state",
    sorted(
        set(UploadState)
        - {UploadState.VERIFIED, UploadState.REGISTERED, UploadState.ACKNOWLEDGED, UploadState.EVICTED}
    ),
)
def test_what_is_not_verified_is_told_to_nobody(state: UploadState) -> None:
    server = ScriptedServer()
    with pytest.raises(BugError):
        _backend(server).tell(registration(), uploaded(state=state), None)
    assert server.requests == []


@pytest.mark.parametrize("changes", [{"level": 0}, {"verified_at_ms": 0}, {"sha256": "cd" * 32}])
def test_a_copy_that_was_never_looked_at_or_is_of_another_film_is_told_to_nobody(
    changes: dict[str, Any],
) -> None:
    server = ScriptedServer()
    with pytest.raises(BugError, match=r".*"):
        _backend(server).tell(registration(), uploaded(**changes), None)
    assert server.requests == []


def test_repeating_it_changes_nothing_and_shows_the_same_key() -> None:
    server = ScriptedServer()
    backend = _backend(server)
    for _ in range(3):
        backend.tell(registration(), uploaded(), None)
    assert server.made == [ASSET_ID]
    assert len({each.headers["Idempotency-Key"] for each in server.asked("PUT")}) == 1


def test_other_words_are_another_request() -> None:
    server = ScriptedServer()
    backend = _backend(server)
    backend.tell(registration(), uploaded(), None)
    backend.tell(registration(title="Other"), uploaded(), _agreed("A show"))
    assert len({each.headers["Idempotency-Key"] for each in server.asked("PUT")}) == 2


@pytest.mark.parametrize("fault", [failing, failing_after_all, losing_the_answer])
def test_a_server_that_fails_before_or_after_storing_is_told_again_with_the_same_end(fault: Fault) -> None:
    server = ScriptedServer()
    backend = _backend(server)
    server.faults = [as_usual, fault]
    with pytest.raises(BackendTrouble) as trouble:
        backend.tell(registration(), uploaded(), None)
    assert trouble.value.is_worth_retrying
    backend.tell(registration(), uploaded(), None)
    assert server.made == [ASSET_ID]


def test_five_who_tell_it_at_once_make_one_replay() -> None:
    server = ScriptedServer()
    together = threading.Barrier(5)
    done: list[str] = []

    def tell() -> None:
        together.wait(10)
        done.append(_backend(server).tell(registration(), uploaded(), None).registration.title)

    threads = [threading.Thread(target=tell) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert (done, server.made) == (["A show"] * 5, [ASSET_ID])


def test_another_film_under_the_id_stays_and_is_reported() -> None:
    server = ScriptedServer()
    server.put_in(sha256="cd" * 32)
    with pytest.raises(BackendTrouble) as trouble:
        _backend(server).tell(registration(), uploaded(), None)
    assert trouble.value.kind is BackendCode.OTHER_CONTENT
    assert (server.asked("PUT"), server.replays[ASSET_ID]["sha256"]) == ([], "cd" * 32)


def test_a_409_is_believed_only_after_a_look() -> None:
    server = ScriptedServer()
    backend = _backend(server)

    def another_film_came(_request: WireRequest, do: Callable[[], WireAnswer]) -> WireAnswer:
        server.put_in(sha256="cd" * 32)
        return do()

    server.faults = [as_usual, another_film_came]
    with pytest.raises(BackendTrouble) as trouble:
        backend.tell(registration(), uploaded(), None)
    assert trouble.value.kind is BackendCode.OTHER_CONTENT
    server.replays.clear()
    server.faults = [as_usual, saying(409, {})]
    with pytest.raises(BackendTrouble) as trouble:
        backend.tell(registration(), uploaded(), None)
    assert trouble.value.kind is BackendCode.INVALID


def test_different_fields_edited_on_both_sides_are_both_kept() -> None:
    server = ScriptedServer()
    backend = _backend(server)
    agreed = backend.tell(registration(), uploaded(), None).agreement
    server.put_in(description="Written there")
    told = backend.tell(registration(title="Named here"), uploaded(), agreed)
    assert (told.registration.title, told.registration.description) == ("Named here", "Written there")
    assert (server.replays[ASSET_ID]["title"], told.lost) == ("Named here", ())


def test_of_one_field_edited_on_both_sides_ours_stands_and_theirs_is_kept() -> None:
    server = ScriptedServer()
    backend = _backend(server)
    agreed = backend.tell(registration(), uploaded(), None).agreement
    server.put_in(title="Named there")
    told = backend.tell(registration(title="Named here"), uploaded(), agreed)
    assert server.replays[ASSET_ID]["title"] == "Named here"
    assert told.lost == (LostWords(field="title", text="Named there"),)


def test_a_server_that_spells_it_its_own_way_is_not_taken_for_an_editor() -> None:
    agreed = Agreement(ours=_texts("A  show"), theirs=_texts("A show"))
    server = ScriptedServer()
    server.put_in()
    told = _backend(server).tell(registration(title="A  show"), uploaded(), agreed)
    assert (told.registration.title, told.lost) == ("A  show", ())


def test_an_edit_between_look_and_word_is_merged_and_not_overwritten() -> None:
    server = ScriptedServer()
    backend = _backend(server)
    agreed = backend.tell(registration(), uploaded(), None).agreement

    def edited_meanwhile(_request: WireRequest, do: Callable[[], WireAnswer]) -> WireAnswer:
        server.put_in(description="Written there")
        return do()

    server.faults = [as_usual, edited_meanwhile]
    told = backend.tell(registration(title="Named here"), uploaded(), agreed)
    assert (server.replays[ASSET_ID]["title"], told.registration.description) == (
        "Named here",
        "Written there",
    )


def test_a_replay_that_is_edited_without_end_is_left_for_later() -> None:
    server = ScriptedServer()
    server.put_in()
    server.faults = [as_usual, saying(412, {})] * 20
    with pytest.raises(BackendTrouble) as trouble:
        _backend(server).tell(registration(), uploaded(), None)
    assert (trouble.value.kind, len(server.asked("PUT"))) == (BackendCode.CHANGED, MAX_MERGES)


@pytest.mark.parametrize(
    ("status", "code", "again"),
    [
        (403, BackendCode.FORBIDDEN, False),
        (400, BackendCode.INVALID, False),
        (408, BackendCode.FAILED, True),
        (421, BackendCode.OTHER_ADDRESS, False),
        (422, BackendCode.INVALID, False),
        (425, BackendCode.SLOW_DOWN, True),
        (429, BackendCode.SLOW_DOWN, True),
        (500, BackendCode.FAILED, True),
        (503, BackendCode.SLOW_DOWN, True),
        (204, BackendCode.INVALID, False),
    ],
)
def test_a_refusal_is_tried_again_only_if_it_may_pass(status: int, code: BackendCode, again: bool) -> None:
    server = ScriptedServer()
    server.faults = [saying(status, {"error": {"message": "<b>do this</b>"}})]
    with pytest.raises(BackendTrouble) as trouble:
        _backend(server).find(ASSET_ID)
    assert (trouble.value.kind, trouble.value.is_worth_retrying) == (code, again)
    assert "<b>" not in f"{trouble.value} {trouble.value.detail}"


@pytest.mark.parametrize(
    "body",
    [
        b"<html>",
        b"[]",
        b"{}",
        b'{"asset": 1}',
        b'{"asset": {"id": "x", "id": "y"}}',
        b"[" * 100_000,
        {"asset": {**WORDS, "id": "../../etc/passwd"}},
        {"asset": {**WORDS, "id": "01JD2Q3R4S5T6V7W8X9Y0ZWXYZ"}},
        {"asset": {**WORDS, "sizeBytes": -1}},
        {"asset": {**WORDS, "sizeBytes": 2**60}},
        {"asset": {**WORDS, "sizeBytes": True}},
        {"asset": {**WORDS, "title": "x" * 100_000}},
        {"asset": {**WORDS, "title": None}},
        {"asset": {**WORDS, "sha256": "../x"}},
        {"asset": {**WORDS, "revision": 'r"\r\nX: 1'}},
        {"asset": {**WORDS, "stationId": "a/b/c/d/e/f"}},
    ],
)
def test_an_answer_that_no_server_of_ours_gives_is_refused_whole(body: Any) -> None:
    server = ScriptedServer()
    server.faults = [saying(200, body)]
    with pytest.raises(BackendTrouble) as trouble:
        _backend(server).find(ASSET_ID)
    assert trouble.value.kind is BackendCode.STRANGE


def test_texts_of_a_server_become_such_as_can_be_shown_here() -> None:
    server = ScriptedServer()
    words = {
        **WORDS,
        "title": "a\n\u202e\u3000" + "x" * 300,
        "description": "y" * 6000,
        "stationId": "main_1",
    }
    server.faults = [saying(200, {"asset": words})]
    found = _backend(server).find(ASSET_ID)
    assert found is not None
    assert (found.title, len(found.description)) == ("a��\u3000" + "x" * 196, 5000)
    assert found.station_id == "main_1"


def test_a_request_that_is_written_down_shows_no_token() -> None:
    asked = WireRequest(method="POST", url="https://x", token=Secret("one-token"), body=b"{another-token}")
    assert "token" not in repr(asked).replace("token=", "")


def test_what_a_newer_server_says_beyond_it_is_passed_over() -> None:
    server = ScriptedServer()
    server.faults = [saying(200, {"asset": {**WORDS, "tags": ["x"] * 10_000, "hasFile": True}})]
    found = _backend(server).find(ASSET_ID)
    assert found is not None
    assert (found.sha256, found.revision) == (None, None)


def test_a_long_list_comes_page_by_page() -> None:
    server = ScriptedServer()
    ids = [f"01JD2Q3R4S5T6V7W8X9Y0Z000{number}" for number in range(5)]
    for asset_id in ids:
        server.put_in(asset_id)
    pages = list(_backend(server).pages())
    assert [each.asset_id for page in pages for each in page.replays] == ids
    assert len(pages) == 3


@pytest.mark.parametrize(
    "page",
    [
        {"assets": [], "nextCursor": "1"},
        {"assets": [WORDS], "nextCursor": "same"},
        {"assets": [WORDS] * 1000, "nextCursor": None},
        {"assets": [WORDS], "nextCursor": 7},
        {"assets": [WORDS], "nextCursor": "x" * 10_000},
        {"assets": {}, "nextCursor": None},
    ],
)
def test_a_list_that_never_ends_or_is_none_is_refused(page: dict[str, Any]) -> None:
    server = ScriptedServer()
    server.faults = [saying(200, page)] * 5
    with pytest.raises(BackendTrouble) as trouble:
        list(_backend(server).pages())
    assert trouble.value.kind is BackendCode.STRANGE


def test_a_list_of_ever_new_replays_is_read_no_further_than_any_of_ours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("powerstream_desktop.cloud.backend.backend.MAX_PAGES", 7)
    server = ScriptedServer()
    server.faults = [
        saying(200, {"assets": [{**WORDS, "id": f"replay-{number}"}], "nextCursor": str(number)})
        for number in range(100)
    ]
    with pytest.raises(BackendTrouble) as trouble:
        list(_backend(server).pages())
    assert (trouble.value.kind, len(server.requests)) == (BackendCode.STRANGE, 7)


def test_a_server_that_stores_another_film_than_it_was_told_is_not_believed() -> None:
    server = ScriptedServer()
    server.faults = [as_usual, saying(200, {"asset": {**WORDS, "sha256": "cd" * 32}})]
    with pytest.raises(BackendTrouble) as trouble:
        _backend(server).tell(registration(), uploaded(), None)
    assert trouble.value.kind is BackendCode.OTHER_CONTENT
