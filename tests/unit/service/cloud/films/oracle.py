"""What must never be (reliability_security.md 4.2), looked for behind everything that anybody does."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from powerstream_desktop.cloud.manifests.manifest_words import read_manifest
from powerstream_desktop.cloud.manifests.object_keys import asset_id_of
from powerstream_desktop.service.cloud.left_aside import ASIDE
from tests.unit.cloud.backend.scripted_server import ScriptedServer
from tests.unit.cloud.memory_store import MemoryBucket
from tests.unit.service.cloud.films.life import Kind

PREFIX = "one/"
_FILMS = (".mp4", f".mp4{ASIDE}")


@dataclass(frozen=True)
class Named:
    """A film that somebody says is there; ``key`` is None where he does not say at which."""

    asset_id: str
    sha256: str
    key: str | None = None


@dataclass
class Oracle:
    """Knows every film that ever was, and what people themselves have done to it.

    Attributes:
        folder: of all computers' folders.
        films: of which replay each film is that was ever recorded, by its hash.
        excused: those that people themselves have written over or thrown away.
        deleted: replays that somebody deleted.
        taken: keys of objects that somebody has taken from the store by other means.
        changes: what was done to the store or the server, counted.
    """

    folder: Path
    bucket: MemoryBucket
    server: ScriptedServer
    films: dict[str, str] = field(default_factory=dict)
    excused: set[str] = field(default_factory=set)
    deleted: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)
    changes: int = 0
    looks: int = 0

    def look(self, done: Kind) -> None:
        """Look whether all is as it must be; AssertionError if not."""
        self.looks += 1
        if done in {Kind.FILE, Kind.OBJECT}:
            self.no_film_is_lost()
        if done in {Kind.OBJECT, Kind.SERVER}:
            self.changes += 1
            self.nothing_is_named_that_is_not_there()

    def no_film_is_lost(self) -> None:
        """I1."""
        lost = self.gone() - self.excused
        lost = {each for each in lost if self.films[each] not in self.deleted}
        assert not lost, f"a film of {sorted(self.films[each] for each in lost)} is nowhere any more (I1)"

    def nothing_is_named_that_is_not_there(self) -> None:
        """I3."""
        self.taken -= self.bucket.objects.keys()
        for who, named in (*(("a manifest", each) for each in self.by_manifests()), *self._by_the_server()):
            assert self._is_there(named), f"{who} names a film of {named.asset_id} that is not there (I3)"

    def excuse(self) -> None:
        """What is gone now, people have thrown away themselves."""
        self.excused |= self.gone()

    def gone(self) -> set[str]:
        """Return the films that are nowhere."""
        there = {_sha256(each.data) for each in self.bucket.objects.values()}
        if self.films.keys() <= there:
            return set()
        return self.films.keys() - there - {_sha256(each.read_bytes()) for each in self.files()}

    def files(self) -> Iterator[Path]:
        """Give all files with films, also those that are just being given up."""
        for computer in self.folder.iterdir():
            yield from (each for each in computer.iterdir() if each.name.endswith(_FILMS))

    def by_manifests(self) -> tuple[Named, ...]:
        """Return what the store's manifests say is there."""
        found = (
            _named(asset_id, held.data)
            for key, held in self.bucket.objects.items()
            if (asset_id := asset_id_of(key.removeprefix(PREFIX))) is not None
        )
        return tuple(each for each in found if each is not None)

    def _by_the_server(self) -> tuple[tuple[str, Named], ...]:
        # Of what was deleted the server is told when its turn comes, and who deleted it has waited for a month before.
        return tuple(
            ("the server", Named(asset_id, said["sha256"]))
            for asset_id, said in self.server.replays.items()
            if asset_id not in self.deleted
        )

    def _is_there(self, named: Named) -> bool:
        keys = [named.key] if named.key is not None else self._keys_of(named)
        if any(each in self.taken for each in keys):
            return True
        return any(
            each in self.bucket.objects and _sha256(self.bucket.objects[each].data) == named.sha256
            for each in keys
        )

    def _keys_of(self, named: Named) -> list[str]:
        begin = f"{PREFIX}vod/{named.asset_id}/{named.sha256[:16]}"
        return [each for each in (*self.bucket.objects, *self.taken) if each.startswith(begin)]


@functools.lru_cache(maxsize=4096)
def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@functools.lru_cache(maxsize=4096)
def _named(asset_id: str, words: bytes) -> Named | None:
    manifest = read_manifest(asset_id, words)
    media = None if manifest.is_deleted else manifest.file_in_store
    return None if media is None else Named(asset_id, media.sha256, f"{PREFIX}{media.key}")
