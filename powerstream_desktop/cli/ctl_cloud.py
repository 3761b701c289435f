"""``powerstream ctl cloud``: the store of replays and its uploads. Secrets and tokens are typed unseen, or read from a file or stdin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import click

from powerstream_desktop.cli.ctl_key import ask_secret, read_secrets
from powerstream_desktop.cli.ctl_printing import print_json, print_table, tell
from powerstream_desktop.cli.ctl_service import json_option, service
from powerstream_desktop.cli.ending import EXIT_FAILED
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.text import duration_text, size_text

if TYPE_CHECKING:
    from powerstream_desktop.client.cloud import CloudServer, CloudStanding
    from powerstream_desktop.common.secrets import Secret


@click.group("cloud")
def cloud() -> None:
    """The store of replays. Which one it is, `ctl settings set cloud.…` says."""


@cloud.command("status")
@json_option
def status(as_json: bool) -> None:
    """Tell how the store and the uploads stand."""
    with service() as client:
        _tell(client.cloud.standing(), as_json=as_json)


@cloud.command("uploads")
@json_option
def uploads(as_json: bool) -> None:
    """List uploads that are not done, the next one first."""
    with service() as client:
        found = client.cloud.uploads()
    if as_json:
        print_json({"ok": True, "uploads": [each.words for each in found]})
        return
    rows = [
        (
            each.title or "-",
            each.state,
            f"{size_text(each.bytes_done)} of {size_text(each.bytes_total)}",
            "" if each.trouble is None else each.trouble.sentence,
            each.asset_id,
        )
        for each in found
    ]
    print_table(("title", "state", "sent", "trouble", "id"), rows, "Nothing is to be uploaded.")


@cloud.command("first")
@click.argument("asset")
def first(asset: str) -> None:
    """Upload the replay with the id ASSET before all others."""
    with service() as client:
        client.cloud.put_first(asset)


@cloud.command("pause")
@json_option
def pause(as_json: bool) -> None:
    """Stop all uploads until they are resumed."""
    with service() as client:
        _tell(client.cloud.pause(), as_json=as_json)


@cloud.command("resume")
@json_option
def resume(as_json: bool) -> None:
    """Let uploads go on, also those that met a trouble."""
    with service() as client:
        _tell(client.cloud.resume(), as_json=as_json)


@cloud.command("test")
@json_option
@click.pass_context
def test(ctx: click.Context, as_json: bool) -> None:
    """Try the store of the settings out: write, read, list and delete an object of its own. A PowerStream server is asked as well."""
    from powerstream_desktop.client.cloud import StoreWish

    with service() as client:
        trial = client.cloud.test(StoreWish())
        server = None if client.cloud.standing().server is None else client.cloud.try_server()
    if as_json:
        print_json({**trial.words, "server": None if server is None else server.words})
    else:
        for step in trial.steps:
            mark = "●" if step.is_good else "✖" if step.was_tried else "○"
            tell(f"{mark} {step.name} {step.sentence} {step.remedy}".rstrip())
        for advice in trial.advice:
            tell(f"▲ {advice.sentence} {advice.remedy}".rstrip())
        if server is not None:
            trouble = server.trouble
            why = "" if trouble is None else f" {trouble.sentence} {trouble.remedy}".rstrip()
            tell(f"{'●' if server.is_good else '✖'} server{why}")
    if not trial.is_good or (server is not None and not server.is_good):
        ctx.exit(EXIT_FAILED)


@cloud.command("credentials")
@click.argument("access_key_id", required=False)
@click.option(
    "--secret-file",
    metavar="FILE",
    help="Holds the secret, and in a second line the session token of a temporary key; - for stdin.",
)
@click.option("--temporary", "is_temporary", is_flag=True, help="Ask for a session token too.")
@click.option("--forget", "forgets", is_flag=True, help="Keep them no longer.")
@json_option
def credentials(
    access_key_id: str | None, secret_file: str | None, is_temporary: bool, forgets: bool, as_json: bool
) -> None:
    """Keep the access key with the id ACCESS_KEY_ID; its secret is typed unseen."""
    from powerstream_desktop.client.cloud import CredentialsWish

    if forgets:
        with service() as client:
            _tell(client.cloud.forget_credentials(), as_json=as_json)
        return
    if access_key_id is None:
        raise UserError("No access key was named.", hint="Give its id, or --forget.")
    secret, token = (
        _asked("Secret", "Session token" if is_temporary else None)
        if secret_file is None
        else read_secrets(secret_file, "secret", "session token")
    )
    if secret is None:
        raise UserError("No secret was given.", hint="Use --secret-file without a terminal.")
    if is_temporary and token is None:
        raise UserError("No session token was given.", hint="A temporary key does not work without one.")
    with service() as client:
        wish = CredentialsWish(access_key_id=access_key_id, secret_access_key=secret, session_token=token)
        _tell(client.cloud.keep_credentials(wish), as_json=as_json)


@cloud.command("login")
@click.option(
    "--token-file",
    metavar="FILE",
    help="Holds the token, and in a second line the refresh token where there is one; - for stdin.",
)
@click.option("--forget", "forgets", is_flag=True, help="Keep it no longer.")
@json_option
def login(token_file: str | None, forgets: bool, as_json: bool) -> None:
    """Keep the token of the PowerStream server of the settings; it is typed unseen.

    A server that gives a refresh token with it is asked by that for the next one, soon before a token ends.
    """
    from powerstream_desktop.client.cloud import LoginWish

    if forgets:
        with service() as client:
            _tell(client.cloud.log_out(), as_json=as_json)
        return
    token, refresh = (
        _asked("Token", "Refresh token, if there is one")
        if token_file is None
        else read_secrets(token_file, "token", "refresh token")
    )
    if token is None:
        raise UserError("No token was given.", hint="Use --token-file without a terminal.")
    with service() as client:
        _tell(client.cloud.log_in(LoginWish(access_token=token, refresh_token=refresh)), as_json=as_json)


def _asked(first: str, second: str | None) -> tuple[Secret | None, Secret | None]:
    """Return what is typed unseen; the second is asked for only after the first."""
    one = ask_secret(first)
    return one, None if one is None or second is None else ask_secret(second)


def _tell(standing: CloudStanding, *, as_json: bool) -> None:
    if as_json:
        print_json(standing.words)
        return
    where = f" at {standing.place}" if standing.place else ""
    tell(f"The cloud is {standing.state}{where}.")
    tell(f"{standing.synced} here and in the cloud, {standing.cloud_only} in the cloud only.")
    if standing.waiting:
        tell(f"{standing.waiting} to upload, {size_text(standing.bytes_left)}.")
    if standing.current is not None:
        left = standing.current.seconds_left
        time_left = "" if left is None else f", {duration_text(left)} left"
        tell(f"{standing.current.state} {standing.current.asset_id}{time_left}")
    if standing.trouble is not None:
        tell(f"▲ {standing.trouble.sentence} {standing.trouble.remedy}".rstrip())
    for question in standing.questions:
        tell(f"▲ {question.sentence} ({question.count}) Say yes: vod sync --yes")
    if standing.server is not None:
        _tell_server(standing.server)


def _tell_server(server: CloudServer) -> None:
    if server.trouble is not None:
        tell(f"▲ {server.address}: {server.trouble.sentence} {server.trouble.remedy}".rstrip())
    elif server.untold:
        tell(f"{server.untold} to tell to the PowerStream server at {server.address}.")
    elif server.compared_at is None:
        tell(f"The PowerStream server at {server.address} was not asked yet.")
    else:
        tell(f"The PowerStream server at {server.address} knows all.")
    for each in server.refused:
        tell(f"▲ {each.title or each.asset_id}: {each.trouble.sentence} {each.trouble.remedy}".rstrip())
    if server.refused_count > len(server.refused):
        tell(f"▲ ... and {server.refused_count - len(server.refused)} more that it does not take.")
    if server.missing:
        tell(f"▲ {server.missing} that are not in the cloud store any more, and have no file here.")
    if server.only_there:
        tell(f"{server.only_there} that only the PowerStream server lists.")


COMMANDS: Final[Mapping[str, click.Command]] = {"cloud": cloud}
