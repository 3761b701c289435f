"""The doctor's check of the cloud. Only the service has what opens a store, so it is asked, and started if none runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from powerstream_desktop.common.paths import Paths
from powerstream_desktop.service.doctor.check import Check, Level
from powerstream_desktop.service.doctor.cloud import CloudFindings, Told, kept_options, look_at_cloud

if TYPE_CHECKING:
    from powerstream_desktop.client.cloud import Trial, Trouble
    from powerstream_desktop.client.cloud_room import Cloud

LIMIT_S: Final = 60.0


def cloud_check(paths: Paths) -> Check:
    """Return the check; where no store was chosen it asks nobody anything."""
    return Check(
        area="cloud",
        look=lambda: look_at_cloud(kept_options(paths.config), lambda: _ask_service(paths)),
        limit_s=LIMIT_S,
        when_silent=Level.WARNING,
        silent_remedy="Look whether the store, its address and the network are right.",
    )


def find_out(cloud: Cloud) -> CloudFindings:
    """Have the service try the store and the server out; errors are those of the client."""
    from powerstream_desktop.client.cloud import StoreWish

    standing = cloud.standing()
    if standing.state == "incomplete":
        return CloudFindings(
            place=standing.place,
            is_good=False,
            told=() if standing.trouble is None else (_told(standing.trouble),),
        )
    trial = cloud.test(StoreWish())
    if standing.server is None:
        return CloudFindings(place=standing.place, is_good=trial.is_good, told=_steps(trial))
    server = cloud.try_server()
    return CloudFindings(
        place=standing.place,
        is_good=trial.is_good,
        told=_steps(trial),
        server=standing.server.address,
        server_trouble=None if server.trouble is None else _told(server.trouble),
        server_clock_offset_s=server.clock_offset_seconds,
    )


def _ask_service(paths: Paths) -> CloudFindings:
    from powerstream_desktop.client.client import client_of_home

    with client_of_home(paths) as client:
        return find_out(client.cloud)


def _steps(trial: Trial) -> tuple[Told, ...]:
    # Only links may fail where replays can be kept; what could be better says what that means.
    is_said = trial.is_good and bool(trial.advice)
    failed = [] if is_said else [each for each in trial.steps if each.was_tried and not each.is_good]
    return (
        *(Told(sentence=each.sentence, remedy=each.remedy) for each in failed),
        *(Told(sentence=each.sentence, remedy=each.remedy) for each in trial.advice),
    )


def _told(trouble: Trouble) -> Told:
    return Told(sentence=trouble.sentence, remedy=trouble.remedy)
