"""``powerstream vod upload|evict|download|sync``: replays and their copies in the cloud. With ``--wait`` they return when it is done, as ``sync`` does."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Final

import click

from powerstream_desktop.cli.ctl_printing import print_json, tell
from powerstream_desktop.cli.ctl_service import json_option, service
from powerstream_desktop.cli.ending import EXIT_FAILED, say

if TYPE_CHECKING:
    from powerstream_desktop.client.assets import Asset
    from powerstream_desktop.client.client import Client
    from powerstream_desktop.client.cloud import CloudStanding

LOOK_EVERY_S: Final = 0.5
_ON_ITS_WAY: Final = frozenset(
    {"waiting", "hashing", "uploading", "verifying", "downloading", "cancelling", "failed"}
)
"""States after which another one follows by itself."""
_ARRIVED: Final = frozenset({"synced", "evicted"})

_wait_option = click.option("--wait", "waits", is_flag=True, help="Return when it is done.")
_ids = click.argument("assets", nargs=-1, required=True, metavar="ASSET...")


@click.command("upload")
@_ids
@click.option("--cancel", "cancels", is_flag=True, help="Do without these uploads instead.")
@_wait_option
@json_option
@click.pass_context
def upload(ctx: click.Context, assets: tuple[str, ...], cancels: bool, waits: bool, as_json: bool) -> None:
    """Upload the replays with these ids to the store of the settings.

    One that meets a trouble is tried again by the service; --wait waits for that too.
    """
    with service() as client:
        for asset_id in assets:
            if cancels:
                client.cloud.cancel(asset_id)
            else:
                client.cloud.upload(asset_id)
        found = _conclude(
            client, assets, lambda asset: asset.sync.state in _ON_ITS_WAY, waits=waits, as_json=as_json
        )
    _fail_if(ctx, waits and not cancels and any(asset.sync.state not in _ARRIVED for asset in found))


@click.command("evict")
@_ids
@click.option("--cancel", "cancels", is_flag=True, help="Keep these files after all.")
@_wait_option
@json_option
@click.pass_context
def evict(ctx: click.Context, assets: tuple[str, ...], cancels: bool, waits: bool, as_json: bool) -> None:
    """Give up the files of the replays with these ids for space, once their copies in the cloud were verified again.

    They wait their turn, also over a restart of the service.
    """
    with service() as client:
        for asset_id in assets:
            if cancels:
                client.cloud.cancel_evict(asset_id)
            else:
                client.cloud.evict(asset_id)
        found = _conclude(client, assets, _is_wanted, waits=waits, as_json=as_json)
    stays = [asset for asset in found if asset.has_file]
    if waits and not cancels:
        _say_cancelled(stays)
        _fail_if(ctx, bool(stays))


@click.command("download")
@_ids
@click.option("--cancel", "cancels", is_flag=True, help="Do without these files instead.")
@_wait_option
@json_option
@click.pass_context
def download(ctx: click.Context, assets: tuple[str, ...], cancels: bool, waits: bool, as_json: bool) -> None:
    """Bring the files of the replays with these ids back from the cloud, and verify them.

    They wait their turn, also over a restart of the service.
    """
    with service() as client:
        for asset_id in assets:
            if cancels:
                client.cloud.cancel_download(asset_id)
            else:
                client.cloud.download(asset_id)
        found = _conclude(client, assets, _is_wanted, waits=waits, as_json=as_json)
    away = [asset for asset in found if not asset.has_file]
    if waits and not cancels:
        _say_cancelled(away)
        _fail_if(ctx, bool(away))


@click.command("sync")
@click.option("--yes", "confirms", is_flag=True, help="Say yes to what is asked about.")
@click.option(
    "--wait/--no-wait", "waits", default=True, help="Return when it is done, as it does, or at once."
)
@json_option
@click.pass_context
def sync(ctx: click.Context, confirms: bool, waits: bool, as_json: bool) -> None:
    """Compare all edits of replays with those of other computers now.

    Exit code 1 if it was waited for and did not come to its end.
    """
    with service() as client:
        before = client.cloud.standing().synced_at
        standing = client.cloud.sync(confirm=confirms)
        while waits and standing.is_comparing:
            time.sleep(LOOK_EVERY_S)
            standing = client.cloud.standing()
    has_failed = waits and standing.synced_at == before
    if as_json:
        print_json(standing.words)
    else:
        tell(f"{standing.synced} here and in the cloud, {standing.cloud_only} in the cloud only.")
        for question in standing.questions if waits or not confirms else ():
            tell(f"▲ {question.sentence} ({question.count}) Say yes with --yes.")
        if has_failed and not standing.questions:
            say(_why_not_compared(standing))
    _fail_if(ctx, has_failed)


def _why_not_compared(standing: CloudStanding) -> str:
    if standing.trouble is not None:
        return f"{standing.trouble.sentence} {standing.trouble.remedy}".rstrip()
    if standing.state == "off":
        return "Nothing was compared: no store was chosen. Choose one in the settings of the cloud."
    if standing.state == "on-air":
        return "Nothing was compared: a broadcast needs the network. It is done when that is over."
    return "Nothing was compared this time. It is tried again by itself."


def _is_wanted(asset: Asset) -> bool:
    """Return whether its file still is to be given up, or to be brought back."""
    return asset.sync.wanted is not None


def _say_cancelled(assets: Iterable[Asset]) -> None:
    """Say why nothing has come of what was waited for, where the service has given no reason."""
    for asset in assets:
        if asset.sync.trouble is None:
            say(f"{asset.title or asset.id}: it was cancelled meanwhile. Ask for it again if you want it.")


def _conclude(
    client: Client,
    assets: tuple[str, ...],
    goes_on: Callable[[Asset], bool],
    *,
    waits: bool,
    as_json: bool,
) -> list[Asset]:
    """Tell how replays stand, when they have come to rest if that is waited for."""
    found: list[Asset] = []
    for asset_id in assets:
        asset = client.library.get(asset_id)
        while waits and goes_on(asset):
            time.sleep(LOOK_EVERY_S)
            asset = client.library.get(asset_id)
        found.append(asset)
    if as_json:
        print_json({"ok": True, "assets": [asset.words for asset in found]})
        return found
    for asset in found:
        tell(f"{asset.title or asset.id}: {asset.sync.state}")
        if asset.sync.trouble is not None:
            say(f"{asset.sync.trouble.sentence} {asset.sync.trouble.remedy}".rstrip())
    return found


def _fail_if(ctx: click.Context, has_failed: bool) -> None:
    if has_failed:
        ctx.exit(EXIT_FAILED)


COMMANDS: Final[Mapping[str, click.Command]] = {
    each.name or "": each for each in (upload, evict, download, sync)
}
