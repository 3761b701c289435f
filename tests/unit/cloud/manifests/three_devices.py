"""Three computers and a store, and everything that can happen to them, as a state machine for Hypothesis (V32).

However it goes, all agree in the end, and every text that somebody wrote is shown, was replaced by somebody who had read it, or is in
the history (I5). Nothing is removed from the store that nobody deleted (I2), and no pass changes much without asking (I6).
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from powerstream_desktop.cloud.manifests.edits import (
    Replay,
    ReplayMarker,
    brought_back,
    deleted,
    first_manifest,
    updated,
)
from powerstream_desktop.cloud.manifests.kept_manifests import Kept
from powerstream_desktop.cloud.manifests.manifest import LostText, Manifest, TextField
from powerstream_desktop.cloud.manifests.manifest_words import read_manifest
from powerstream_desktop.cloud.manifests.object_keys import asset_id_of, manifest_key
from powerstream_desktop.cloud.manifests.pass_plan import BIN_MS, Agreed, QuestionKind, question_if_many
from tests.unit.cloud.manifests.replays import DAY_MS, MINUTE_MS, SECOND_MS, YEAR_MS, film, replay, told
from tests.unit.cloud.manifests.world import Bucket, Computer, KilledError, NoNetworkError, Row

ASSETS = ("A1", "A2")
ERRORS_MS = (-10 * YEAR_MS, -3600 * SECOND_MS, 0, 3600 * SECOND_MS, 10 * YEAR_MS)
SETTLED_AFTER = 12
SHARED = "Best of"
"""Several write it: who replaces it has read it, whosever it was."""

computers = st.integers(0, 2)
assets = st.sampled_from(("A1", "A1", "A2"))
operations = st.integers(1, 40)
kills = st.one_of(st.none(), st.tuples(operations, st.booleans()))


@dataclass(frozen=True)
class Written:
    """A text that somebody wrote."""

    asset_id: str
    field: TextField
    text: str


def asset_id_of_film(key: str) -> str | None:
    """Return whose film a key names."""
    folder, _, rest = key.partition("/")
    return rest.partition("/")[0] if folder == "vod" else None


class ThreeDevices(RuleBasedStateMachine):
    """See the module."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.numbers = itertools.count(1)
        self.bucket = Bucket()
        self.computers: list[Computer] = []
        self.backups: dict[int, dict[str, Row]] = {}
        self.files: dict[int, dict[str, Replay]] = {0: {}, 1: {}, 2: {}}
        self.written: set[Written] = set()
        """Texts that must not be lost."""
        self.ever_deleted: set[str] = set()
        self.passes = 0
        self.killed = 0

    @initialize(is_conditional=st.booleans())
    def begin(self, is_conditional: bool) -> None:
        self.bucket.is_conditional = is_conditional
        self.computers = [Computer(self.bucket, f"device{n}00", f"PC {n}") for n in range(3)]
        self.find_a_replay(0, "A1")
        for number in range(3):
            self.loop.run_until_complete(self.one_pass(number, says_yes=True))

    # --- what people do --------------------------------------------------------------------------------------------

    @rule(number=computers, asset_id=assets)
    def find_a_replay(self, number: int, asset_id: str) -> None:
        """It was recorded here, or its file was brought from another computer (V15)."""
        computer = self.computers[number]
        if asset_id in computer.rows:
            return
        known = replay(asset_id)
        computer.store_row(Kept(manifest=first_manifest(known, computer.author())))
        self.files[number][asset_id] = known

    @rule(number=computers, asset_id=assets, field=st.sampled_from(TextField))
    def write_a_text(self, number: int, asset_id: str, field: TextField) -> None:
        self.edit_text(number, asset_id, field, f"text {next(self.numbers)}")

    @rule(asset_id=assets, field=st.sampled_from(TextField))
    def write_on_all(self, asset_id: str, field: TextField) -> None:
        for number in range(3):
            self.write_a_text(number, asset_id, field)

    @rule(number=computers, asset_id=assets)
    def write_what_others_write_too(self, number: int, asset_id: str) -> None:
        self.edit_text(number, asset_id, TextField.TITLE, SHARED)

    @rule(number=computers, asset_id=assets, marker=st.sampled_from("abc"), offset_ms=st.integers(0, 3))
    def set_a_marker(self, number: int, asset_id: str, marker: str, offset_ms: int) -> None:
        def mark(manifest: Manifest) -> Replay:
            others = [each for each in told(manifest).markers if each.id != marker]
            return told(manifest, markers=(*others, ReplayMarker(id=marker, offset_ms=offset_ms)))

        self.edit(number, asset_id, mark)

    @rule(number=computers, asset_id=assets)
    def remove_markers(self, number: int, asset_id: str) -> None:
        self.edit(number, asset_id, lambda manifest: told(manifest, markers=()))

    @rule(number=computers, asset_id=assets)
    def verify_an_upload(self, number: int, asset_id: str) -> None:
        media = film(asset_id, f"film of {number}")
        self.edit(number, asset_id, lambda manifest: told(manifest, media=media))
        self.bucket.objects.setdefault(media.key, (b"film", '"film"', self.bucket.now_ms))

    @rule(number=computers, asset_id=assets)
    def delete_everywhere(self, number: int, asset_id: str) -> None:
        computer = self.computers[number]
        kept = computer.kept(asset_id)
        if kept is not None and not kept.manifest.is_deleted:
            self.ever_deleted.add(asset_id)
            for field in TextField:  # who deletes it has read them
                self.written.discard(Written(asset_id, field, getattr(kept.manifest, field.value).value))
            manifest = deleted(kept.manifest, computer.author())
            computer.store_row(replace(kept, manifest=manifest, is_ahead=True))

    @rule(number=computers, asset_id=assets)
    def bring_back(self, number: int, asset_id: str) -> None:
        computer = self.computers[number]
        kept = computer.kept(asset_id)
        if kept is not None and kept.manifest.is_deleted:
            manifest = brought_back(kept.manifest, computer.author())
            computer.store_row(replace(kept, manifest=manifest, is_ahead=True))

    # --- passes ----------------------------------------------------------------------------------------------------

    @rule(number=computers, killed_at=kills, says_yes=st.booleans())
    def sync(self, number: int, killed_at: tuple[int, bool] | None, says_yes: bool) -> None:
        self.computers[number].killed_at = killed_at
        self.loop.run_until_complete(self.one_pass(number, says_yes=says_yes))

    @rule(first=kills, second=kills)
    def sync_two_at_once(self, first: tuple[int, bool] | None, second: tuple[int, bool] | None) -> None:
        self.computers[0].killed_at, self.computers[1].killed_at = first, second

        async def both() -> None:
            await asyncio.gather(self.one_pass(0, says_yes=True), self.one_pass(1, says_yes=True))

        self.loop.run_until_complete(both())

    @rule(number=computers, asset_id=assets, at=operations)
    def write_while_it_syncs(self, number: int, asset_id: str, at: int) -> None:
        def meanwhile(operation: int) -> None:
            if operation == at:
                self.write_a_text(number, asset_id, TextField.TITLE)

        self.computers[number].meanwhile = meanwhile
        self.loop.run_until_complete(self.one_pass(number, says_yes=True))
        self.computers[number].meanwhile = lambda _operation: None

    # --- what happens to computers ---------------------------------------------------------------------------------

    @rule(number=computers)
    def lose_or_find_the_network(self, number: int) -> None:
        self.computers[number].is_online ^= True

    @rule(number=computers, error_ms=st.sampled_from(ERRORS_MS))
    def set_the_clock(self, number: int, error_ms: int) -> None:
        self.computers[number].clock_error_ms = error_ms
        self.computers[number].knows_the_time = False

    @rule(passed_ms=st.sampled_from([SECOND_MS, 6 * MINUTE_MS, DAY_MS, BIN_MS + DAY_MS]))
    def wait(self, passed_ms: int) -> None:
        self.bucket.now_ms += passed_ms

    @rule(number=computers)
    def back_up(self, number: int) -> None:
        self.backups[number] = {key: replace(row) for key, row in self.computers[number].rows.items()}

    @precondition(lambda self: self.backups)
    @rule(data=st.data(), is_noticed=st.booleans())
    def restore_a_backup(self, data: st.DataObject, is_noticed: bool) -> None:
        """V30; somebody copies the files, and the computer goes on as if nothing had happened, or takes another id."""
        number = data.draw(st.sampled_from(sorted(self.backups)))
        device = self.computers[number].device
        self.begin_anew(number, {key: replace(row) for key, row in self.backups[number].items()})
        if not is_noticed:
            self.computers[number].device = device

    @rule(number=computers)
    def lose_the_database(self, number: int) -> None:
        """V31: what has a file is found again in its folder."""
        self.begin_anew(number, {})
        computer = self.computers[number]
        for known in self.files[number].values():
            computer.store_row(Kept(manifest=first_manifest(known, computer.author())))

    @rule(asset_id=assets)
    def lose_a_manifest(self, asset_id: str) -> None:
        """Somebody removed it from the store by other means; what nobody else had read yet is excused."""
        were_there = {each for each in self.written if self.lives(each)}
        self.bucket.objects.pop(manifest_key(asset_id), None)
        self.written -= {each for each in were_there if not self.lives(each)}

    # --- how it ends -----------------------------------------------------------------------------------------------

    def teardown(self) -> None:
        try:
            if self.computers:
                self.settle()
                self.all_agree()
                self.no_text_is_lost()
                self.what_was_deleted_is_gone_and_an_edit_brings_it_back()
                self.a_month_behind_a_deletion_its_films_go_and_no_others()
        finally:
            self.loop.close()

    def settle(self) -> None:
        for computer in self.computers:
            computer.is_online, computer.killed_at = True, None
        before: list[object] = []
        for _ in range(SETTLED_AFTER):
            for number in range(3):
                self.loop.run_until_complete(self.one_pass(number, says_yes=True))
            now: list[object] = [self.bucket.writes, *(computer.rows for computer in self.computers)]
            if before == now:
                return
            before = [self.bucket.writes, *(dict(computer.rows) for computer in self.computers)]
        raise AssertionError("they never come to an end")

    def all_agree(self) -> None:
        known = {asset_id for computer in self.computers for asset_id in computer.rows}
        for asset_id in known:
            found = [self.kept(number, asset_id) for number in range(3)]
            entry = self.bucket.objects.get(manifest_key(asset_id))
            if entry is None:
                assert all(each is None or each.manifest.is_deleted for each in found), asset_id
                continue
            there = read_manifest(asset_id, entry[0])
            for each in found:
                assert each is not None, asset_id
                assert not each.is_ahead
                assert replace(each.manifest, revision=1) == replace(there, revision=1)
            assert asset_id in self.ever_deleted or not there.is_deleted
        removed = {asset_id_of(key) or asset_id_of_film(key) for key in self.bucket.removed}
        assert removed <= {*self.ever_deleted}, "something is gone that nobody deleted"
        assert self.named_films() <= self.bucket.objects.keys(), "a film is gone that a replay names"

    def no_text_is_lost(self) -> None:
        lost = [each for each in self.written if not self.lives(each)]
        assert lost == []

    def what_was_deleted_is_gone_and_an_edit_brings_it_back(self) -> None:
        asset_id = next((each for each in ASSETS if manifest_key(each) in self.bucket.objects), None)
        if asset_id is None:
            return
        self.delete_everywhere(0, asset_id)
        self.settle()
        assert all(each is not None and each.manifest.is_deleted for each in self.all_kept(asset_id))
        self.edit_text(1, asset_id, TextField.TITLE, "Still good")
        self.settle()
        assert all(each is not None and not each.manifest.is_deleted for each in self.all_kept(asset_id))
        assert self.all_titles(asset_id) == {"Still good"}

    def a_month_behind_a_deletion_its_films_go_and_no_others(self) -> None:
        asset_id = next((each for each in ASSETS if manifest_key(each) in self.bucket.objects), None)
        if asset_id is None:
            return
        self.verify_an_upload(0, asset_id)
        self.settle()
        films = self.named_films()
        its = {each for each in films if asset_id_of_film(each) == asset_id}
        assert its
        self.delete_everywhere(0, asset_id)
        self.settle()
        self.bucket.now_ms += BIN_MS - DAY_MS
        self.settle()
        assert films <= self.bucket.objects.keys(), "they rest for a month"
        self.bucket.now_ms += 2 * DAY_MS
        self.settle()
        assert films - its <= self.bucket.objects.keys(), "those of others stay"
        assert not [each for each in self.bucket.objects if asset_id_of_film(each) == asset_id]

    def named_films(self) -> set[str]:
        """Return the keys of the films that the store's manifests say are there."""
        manifests = [
            read_manifest(asset_id, data)
            for key, (data, _, _) in self.bucket.objects.items()
            if (asset_id := asset_id_of(key)) is not None
        ]
        return {
            each.file_in_store.key
            for each in manifests
            if not each.is_deleted and each.file_in_store is not None
        }

    # --- inside ----------------------------------------------------------------------------------------------------

    async def one_pass(self, number: int, *, says_yes: bool) -> None:
        computer = self.computers[number]
        self.passes += 1
        agreed: Agreed = {kind: frozenset(ASSETS) for kind in QuestionKind} if says_yes else {}
        known = sum(not kept.manifest.is_deleted for kept in map(computer.kept, computer.rows) if kept)
        try:
            outcome = await computer.sync(agreed)
        except KilledError:
            self.killed += 1
            computer.knows_the_time = False
        except NoNetworkError:
            pass
        else:
            if not says_yes:
                replaced = {*outcome.changed, *outcome.removed}
                assert question_if_many(QuestionKind.MANY_CHANGES, replaced, known, {}) == ()
            if outcome.needs_new_device:
                computer.device = f"device{number}{next(self.numbers)}"
        computer.killed_at = None

    def edit(self, number: int, asset_id: str, change: Callable[[Manifest], Replay]) -> None:
        computer = self.computers[number]
        kept = computer.kept(asset_id)
        if kept is None:
            return
        manifest = updated(kept.manifest, change(kept.manifest), computer.author())
        if manifest != kept.manifest:
            computer.store_row(replace(kept, manifest=manifest, is_ahead=True))
        if asset_id in self.files[number]:
            self.files[number][asset_id] = told(manifest)

    def edit_text(self, number: int, asset_id: str, field: TextField, text: str) -> None:
        kept = self.kept(number, asset_id)
        if kept is None:
            return
        before = getattr(kept.manifest, field.value).value
        self.edit(number, asset_id, lambda manifest: told(manifest, **{field.value: text}))
        if before != text:
            self.written.discard(Written(asset_id, field, before))  # who wrote over it had read it
        if text != SHARED:
            self.written.add(Written(asset_id, field, text))

    def begin_anew(self, number: int, rows: dict[str, Row]) -> None:
        """Another database; what only the one before had, and nobody has been told, is excused."""
        before = self.computers[number]
        unsaid = {each for each in self.written if not self.lives(each, besides=number)}
        computer = Computer(self.bucket, f"device{number}{next(self.numbers):02}", before.name)
        computer.rows = rows
        computer.clock_error_ms, computer.is_online = before.clock_error_ms, before.is_online
        self.computers[number] = computer
        self.written = {each for each in self.written if each not in unsaid or self.lives(each)}

    def lives(self, text: Written, besides: int | None = None) -> bool:
        """Tell whether a text is shown or in a history, in the store or on a computer."""
        manifests = [
            read_manifest(text.asset_id, data)
            for key, (data, _, _) in self.bucket.objects.items()
            if key == manifest_key(text.asset_id)
        ]
        histories: set[LostText] = set()
        for number, computer in enumerate(self.computers):
            kept = computer.kept(text.asset_id)
            if number != besides:
                manifests += [] if kept is None else [kept.manifest]
                histories |= {each for asset_id, each in computer.history if asset_id == text.asset_id}
        shown = {getattr(each, text.field.value).value for each in manifests}
        kept_texts = {each.text for each in histories.union(*(each.lost for each in manifests))}
        return text.text in shown | kept_texts

    def kept(self, number: int, asset_id: str) -> Kept | None:
        return self.computers[number].kept(asset_id)

    def all_kept(self, asset_id: str) -> list[Kept | None]:
        return [self.kept(number, asset_id) for number in range(3)]

    def all_titles(self, asset_id: str) -> set[str]:
        return {each.manifest.title.value for each in self.all_kept(asset_id) if each is not None}
