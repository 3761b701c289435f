"""What the courier's process answered, as a result or as an error of ours."""

from __future__ import annotations

import logging
from typing import Final

from powerstream_desktop.cloud.courier.words import Done, JobAnswer, Refused
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.common.errors import BugError, Fault, PowerStreamError, SystemFault, UserError
from powerstream_desktop.common.text import printable_text

log = logging.getLogger(__name__)

_MAX_SENTENCE: Final = 300


def done_of(report: JobAnswer) -> Done:
    """Return what a job brought.

    Raises:
        PowerStreamError: it was refused.
    """
    match report:
        case Done():
            return report
        case Refused():
            raise _refusal(report)
        case _:
            raise BugError("A job of the courier took a step that it has not got.", detail=report.type)


def _refusal(refused: Refused) -> PowerStreamError:
    """Return what the courier said as an error, cut to what can be shown."""
    title = printable_text(refused.title)[:_MAX_SENTENCE]
    hint = printable_text(refused.hint)[:_MAX_SENTENCE]
    detail = printable_text(refused.detail)[:_MAX_SENTENCE]
    if refused.fault is Fault.PEER:
        try:
            code = TroubleCode(refused.code)
        except ValueError:
            code = TroubleCode.UNKNOWN
        return StoreTrouble(code, title=title, hint=hint, detail=detail, retry_after_s=refused.retry_after_s)
    if refused.fault is Fault.USER:
        return UserError(title, hint=hint, detail=detail)
    if refused.fault is Fault.SYSTEM:
        return SystemFault(title, hint=hint, detail=detail)
    log.warning("A transfer failed: %s %s", title, detail)
    return BugError(title, hint=hint, detail=detail)


def lost() -> SystemFault:
    """Return the fault of a process that ends again and again."""
    return SystemFault(
        "The process for the cloud store ends again and again.",
        hint="It is tried again later. If this goes on, restart PowerStream.",
    )
