"""The cloud: the store of replays, the queue of uploads, and what becomes of a replay's copies."""

from __future__ import annotations

from powerstream_desktop.client.cloud import (
    CloudStanding,
    CredentialsWish,
    LoginWish,
    LostText,
    QueuedUpload,
    ServerTrial,
    StoreWish,
    Trial,
)
from powerstream_desktop.client.link import ServiceLink
from powerstream_desktop.client.request import SLOW_S, Request, path_of
from powerstream_desktop.client.writing import written


class Cloud:
    """The routes of ``/api/cloud``, and those of replays that concern it. Errors are those of ``ServiceLink.ask``."""

    def __init__(self, link: ServiceLink) -> None:
        self._link = link

    def standing(self) -> CloudStanding:
        """Return how the store and the uploads stand."""
        return self._link.read(Request(method="GET", path=path_of("cloud")), CloudStanding)

    def test(self, store: StoreWish) -> Trial:
        """Try a store out; nothing is saved. Needs a token that allows everything."""
        request = Request(
            method="POST",
            path=path_of("cloud", "test"),
            body=written(store),
            is_repeatable=True,
            read_s=SLOW_S,
        )
        return self._link.read(request, Trial)

    def keep_credentials(self, credentials: CredentialsWish) -> CloudStanding:
        """Keep what opens the store. Needs a token that allows everything."""
        request = Request(method="PUT", path=path_of("cloud", "credentials"), body=written(credentials))
        return self._link.read(request, CloudStanding)

    def forget_credentials(self) -> CloudStanding:
        """Keep it no longer. Needs a token that allows everything."""
        return self._link.read(Request(method="DELETE", path=path_of("cloud", "credentials")), CloudStanding)

    def log_in(self, tokens: LoginWish) -> CloudStanding:
        """Tell the PowerStream server of the settings from now on. Needs a token that allows everything."""
        request = Request(method="PUT", path=path_of("cloud", "backend"), body=written(tokens))
        return self._link.read(request, CloudStanding)

    def try_server(self) -> ServerTrial:
        """Ask the PowerStream server of the settings now; nothing is changed there."""
        request = Request(
            method="POST",
            path=path_of("cloud", "backend", "test"),
            body={},
            is_repeatable=True,
            read_s=SLOW_S,
        )
        return self._link.read(request, ServerTrial)

    def log_out(self) -> CloudStanding:
        """Tell it no longer. Needs a token that allows everything."""
        return self._link.read(Request(method="DELETE", path=path_of("cloud", "backend")), CloudStanding)

    def pause(self) -> CloudStanding:
        """Stop all uploads until they are resumed."""
        return self._link.read(_repeatable("cloud", "pause"), CloudStanding)

    def resume(self) -> CloudStanding:
        """Let uploads go on, also those that met a trouble."""
        return self._link.read(_repeatable("cloud", "resume"), CloudStanding)

    def sync(self, *, confirm: bool = False) -> CloudStanding:
        """Have all edits compared with those of other computers; returns at once.

        Args:
            confirm: say yes to the questions that there are.
        """
        return self._link.read(_repeatable("cloud", "sync", body={"confirm": confirm}), CloudStanding)

    def uploads(self) -> tuple[QueuedUpload, ...]:
        """Return uploads that are not done, the next one first."""
        request = Request(method="GET", path=path_of("cloud", "uploads"))
        return self._link.read_all(request, QueuedUpload, "uploads")

    def put_first(self, asset_id: str) -> tuple[QueuedUpload, ...]:
        """Upload a replay before all others, and return the queue."""
        request = _repeatable("cloud", "uploads", asset_id, "first")
        return self._link.read_all(request, QueuedUpload, "uploads")

    def upload(self, asset_id: str) -> None:
        """Have a replay uploaded; returns at once."""
        self._link.ask(_repeatable("vod", asset_id, "upload"))

    def cancel(self, asset_id: str) -> None:
        """Do without the upload of a replay."""
        self._link.ask(Request(method="DELETE", path=path_of("vod", asset_id, "upload")))

    def evict(self, asset_id: str) -> None:
        """Give up the file of a replay once its copy was verified again; returns at once."""
        self._link.ask(_repeatable("vod", asset_id, "evict"))

    def download(self, asset_id: str) -> None:
        """Bring the file of a replay back; returns at once."""
        self._link.ask(_repeatable("vod", asset_id, "download"))

    def cancel_evict(self, asset_id: str) -> None:
        """Keep the file of a replay after all; harmless if it is gone already."""
        self._link.ask(Request(method="DELETE", path=path_of("vod", asset_id, "evict")))

    def cancel_verify(self, asset_id: str) -> None:
        """Do without the look at the copy of a replay."""
        self._link.ask(Request(method="DELETE", path=path_of("vod", asset_id, "verify")))

    def cancel_download(self, asset_id: str) -> None:
        """Do without the file of a replay; what has come of it is removed."""
        self._link.ask(Request(method="DELETE", path=path_of("vod", asset_id, "download")))

    def verify(self, asset_id: str, *, full: bool = False) -> None:
        """Have the copy of a replay looked at; returns at once, and the replay's ``sync`` tells what came of it.

        Args:
            asset_id: of the replay.
            full: read all of its bytes.
        """
        self._link.ask(_repeatable("vod", asset_id, "verify", body={"full": full}))

    def history(self, asset_id: str) -> tuple[LostText, ...]:
        """Return the texts of a replay that lost against others, the newest first."""
        return self._link.read_all(
            Request(method="GET", path=path_of("vod", asset_id, "history")), LostText, "texts"
        )

    def take_back(self, asset_id: str, number: int) -> None:
        """Take back a text of a replay that had lost."""
        self._link.ask(_repeatable("vod", asset_id, "history", str(number), "restore"))


def _repeatable(*path: str, body: dict[str, object] | None = None) -> Request:
    """Return a request that does no more when it is obeyed twice."""
    return Request(method="POST", path=path_of(*path), body=body or {}, is_repeatable=True)
