"""The rules of the pre-flight that need no network, looked at before a broadcast starts."""

from __future__ import annotations

import json
import os
from datetime import datetime

import click

from powerstream_desktop.cli.findings_json import notice_object
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.common.text import printable_text
from powerstream_desktop.platforms.catalogue import Catalogue
from powerstream_desktop.platforms.endpoint import RTMPEndpoint
from powerstream_desktop.platforms.findings import Severity
from powerstream_desktop.platforms.limits import EncodePlan
from powerstream_desktop.platforms.preflight import PreflightPlan, preflight_report
from powerstream_desktop.platforms.upload_budget import UploadFigure, UploadOrigin
from powerstream_desktop.service.broadcast.uplink_record import read_uplink


def measured_upload() -> UploadFigure | None:
    """Return what the last broadcast that filled the line found out about it; None if none did."""
    figure = read_uplink(Paths.from_environment(os.environ))
    return UploadFigure(kbps=figure.kbps, origin=UploadOrigin.MEASURED) if figure is not None else None


def look_before_start(
    endpoints: tuple[RTMPEndpoint, ...],
    catalogue: Catalogue,
    *,
    encodes: tuple[EncodePlan, ...] = (),
    upload: UploadFigure | None = None,
    as_json: bool,
) -> None:
    """Print what will probably go wrong: a line each on stderr, or notices among the lines of ``--json``.

    Args:
        endpoints: where the broadcast goes.
        catalogue: what is known of the platforms.
        encodes: what is going to be sent; none when an external encoder decides.
        upload: what the line gives, if that is known.
        as_json: print JSON lines.

    Raises:
        UserError: something cannot work; one sentence, the first if there are several.
    """
    today = datetime.now().astimezone().date()
    plan = PreflightPlan(endpoints=endpoints, today=today, encodes=encodes, upload=upload)
    findings = preflight_report(plan, catalogue).all_findings
    for finding in findings:
        if finding.severity is Severity.ERROR:
            raise UserError(finding.sentence, hint=finding.remedy)
    for finding in findings:
        if finding.severity is not Severity.WARNING:
            continue
        if as_json:
            click.echo(json.dumps(notice_object(finding)))
        else:
            click.echo(f"▲ {printable_text(f'{finding.sentence} {finding.remedy}')}", err=True)
