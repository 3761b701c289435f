"""What is done with replays that were chosen: each of them by itself, all in one errand, and what could not be done is said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from powerstream_desktop.client.assets import Asset
from powerstream_desktop.client.client import Client
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.replays.asset_words import title_of
from powerstream_desktop.desktop.replays.cloud_wishes import CloudWish, grant, is_possible
from powerstream_desktop.desktop.shell.surroundings import Surroundings

DoneT = TypeVar("DoneT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Binned:
    """A replay that is in the bin, for as long as it can be taken out again.

    Attributes:
        asset: as it was.
        undo_token: takes it out.
    """

    asset: Asset
    undo_token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome(Generic[DoneT]):
    done: tuple[DoneT, ...]
    refused: tuple[tuple[Asset, PowerStreamError], ...]


class ReplayDeeds(QObject):
    """Does something with one replay or with many. On the window's thread.

    Args:
        surroundings: what the window lends.
        parent: owns it.
    """

    changed = Signal(object)  # Asset, as it is now
    binned = Signal(object)  # tuple[Binned, ...]
    restored = Signal(object)  # tuple[Asset, ...], as they are now

    def __init__(self, surroundings: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._surroundings = surroundings

    def rename(self, asset: Asset, title: str) -> None:
        """Give a replay another title."""
        self._change((asset,), lambda client, each: client.library.change(each.id, title=title))

    def pin(self, assets: Sequence[Asset], *, is_pinned: bool) -> None:
        """Keep replays from being removed by any rule, or no more."""
        self._change(assets, lambda client, each: client.library.change(each.id, is_pinned=is_pinned))

    def move_to_station(self, assets: Sequence[Asset], station_id: str) -> None:
        """Let replays belong to a station."""
        self._change(assets, lambda client, each: client.library.change(each.id, station_id=station_id))

    def ask_cloud(self, assets: Sequence[Asset], wish: CloudWish) -> None:
        """Do something with the copies of replays in the cloud, as far as it makes sense with each."""
        meant = [each for each in assets if is_possible(wish, each)]
        self._change(meant, lambda client, each: grant(client, wish, each))

    def bin(self, assets: Sequence[Asset]) -> None:
        """Move replays to the bin."""

        def into_the_bin(client: Client, asset: Asset) -> Binned:
            return Binned(asset=asset, undo_token=client.library.bin(asset.id).undo_token)

        self._do(assets, into_the_bin, self.binned.emit)

    def restore(self, binned: Sequence[Binned]) -> None:
        """Take replays out of the bin again."""
        tokens = {each.asset.id: each.undo_token for each in binned}
        self._do(
            [each.asset for each in binned],
            lambda client, asset: client.library.restore(asset.id, tokens[asset.id]),
            self.restored.emit,
        )

    def _change(self, assets: Sequence[Asset], change: Callable[[Client, Asset], Asset]) -> None:
        def tell(changed: tuple[Asset, ...]) -> None:
            for each in changed:
                self.changed.emit(each)

        self._do(assets, change, tell)

    def _do(
        self,
        assets: Sequence[Asset],
        deed: Callable[[Client, Asset], DoneT],
        then: Callable[[tuple[DoneT, ...]], None],
    ) -> None:
        wanted = tuple(assets)
        if not wanted:
            return

        def errand(client: Client) -> _Outcome[DoneT]:
            return _done_with(client, wanted, deed)

        def take(outcome: _Outcome[DoneT]) -> None:
            if outcome.done:
                then(outcome.done)
            if outcome.refused:
                self._say(outcome.refused, len(wanted))

        self._surroundings.desk.ask(errand, take, owner=self)

    def _say(self, refused: Sequence[tuple[Asset, PowerStreamError]], wanted: int) -> None:
        asset, error = refused[0]
        code = getattr(error, "code", "")
        reason, remedy = said(code, error.title), said(code, error.hint)
        if wanted == 1:
            self._surroundings.ways.say(reason, remedy)
            return
        sentence = self.tr("It was not done with {number} of {all}.").format(number=len(refused), all=wanted)
        self._surroundings.ways.say(f"{sentence} {title_of(asset)}: {reason}", remedy)


def _done_with(
    client: Client, assets: Sequence[Asset], deed: Callable[[Client, Asset], DoneT]
) -> _Outcome[DoneT]:
    """Do it with each; what one refuses does not keep it from the others."""
    done: list[DoneT] = []
    refused: list[tuple[Asset, PowerStreamError]] = []
    for asset in assets:
        try:
            done.append(deed(client, asset))
        except PowerStreamError as error:
            refused.append((asset, error))
    return _Outcome(done=tuple(done), refused=tuple(refused))
