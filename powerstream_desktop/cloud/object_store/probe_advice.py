"""What could be better about a store that works."""

from __future__ import annotations

from typing import Final

from powerstream_desktop.cloud.object_store.probe_report import ProbeAdvice
from powerstream_desktop.cloud.object_store.stored_words import StoreCapabilities

NOTED_SKEW_S: Final = 60.0
UNENCRYPTED: Final = ProbeAdvice(
    sentence="Replays go to the store unencrypted: whoever is on the way can watch them.",
    remedy="Enter an address that begins with https://.",
)


def advice_for(
    capabilities: StoreCapabilities, clock_offset_s: float, *, ends_stale_uploads: bool | None = None
) -> tuple[ProbeAdvice, ...]:
    """Return the advice for a store that was found so. Pure.

    Args:
        capabilities: what it can.
        clock_offset_s: how far its clock is ahead.
        ends_stale_uploads: what it says about uploads that nobody completes.
    """
    advice = []
    if not (capabilities.conditional_put and capabilities.conditional_replace):
        advice.append(
            ProbeAdvice(
                sentence="The store cannot tell when two computers write to it at the same moment.",
                remedy="If several computers use it, do not edit the same replay on two of them at the same time.",
            )
        )
    if not capabilities.checks_bodies:
        advice.append(
            ProbeAdvice(
                sentence="The store does not check whether what arrives is what was sent.",
                remedy="Switch on full verification, which downloads each replay once after the upload.",
            )
        )
    if not capabilities.links:
        advice.append(
            ProbeAdvice(
                sentence="Nobody can watch the replays by a link.",
                remedy="Enter the address at which the bucket or the folder is open to the public, if it is.",
            )
        )
    if ends_stale_uploads is False:
        advice.append(
            ProbeAdvice(
                sentence="The store keeps for ever what an upload leaves that is never completed, and may charge for it.",
                remedy="Add a lifecycle rule to the bucket that aborts incomplete uploads after 7 days. "
                "What this computer leaves it removes itself.",
            )
        )
    if abs(clock_offset_s) > NOTED_SKEW_S:
        advice.append(
            ProbeAdvice(
                sentence=f"This computer's clock and the store's differ by {abs(clock_offset_s) / 60:.0f} minutes.",
                remedy="Set the computer's clock by the network. Uploads work all the same.",
            )
        )
    return tuple(advice)
