"""The look before a session: the servers of its endpoints are asked, and a key that is missing is found as well."""

from __future__ import annotations

import asyncio
import dataclasses

from powerstream_desktop.platforms.findings import Finding, Severity
from powerstream_desktop.platforms.preflight import DestinationReport, PreflightPlan, PreflightReport
from powerstream_desktop.platforms.upload_budget import UploadFigure, UploadOrigin
from powerstream_desktop.relay.probe.probe import Prober
from powerstream_desktop.service.broadcast.encode_plan import encode_plans
from powerstream_desktop.service.broadcast.uplink_record import read_uplink
from powerstream_desktop.service.multistream.keyed_endpoints import KeyedEndpoints, LeftOut
from powerstream_desktop.service.multistream.session_request import SessionRequest
from powerstream_desktop.service.multistream.session_tools import SessionTools
from powerstream_desktop.service.preflight import run_preflight
from powerstream_desktop.service.store.sessions import SessionSource


async def session_preflight(
    tools: SessionTools, request: SessionRequest, keyed: KeyedEndpoints
) -> PreflightReport:
    """Return a report on the endpoints of a request; at most 15 s."""
    engine = tools.engine_config() if request.source is SessionSource.STUDIO else None
    figure = await asyncio.to_thread(read_uplink, tools.paths)
    plan = PreflightPlan(
        endpoints=keyed.served,
        today=tools.wall_now().astimezone().date(),
        encodes=() if engine is None else encode_plans(engine, keyed.served),
        upload=None if figure is None else UploadFigure(kbps=figure.kbps, origin=UploadOrigin.MEASURED),
    )
    report = await run_preflight(plan, tools.catalogue, Prober(tools.clock))
    destinations = {each.name: each for each in (*report.destinations, *map(_without_key, keyed.left_out))}
    in_order = tuple(destinations[name] for name in keyed.names.values())
    return dataclasses.replace(report, destinations=in_order)


def _without_key(left_out: LeftOut) -> DestinationReport:
    cause = left_out.cause
    finding = Finding(
        severity=Severity.ERROR,
        code=cause.code,
        sentence=cause.sentence,
        remedy=cause.remedy,
        destination=left_out.name,
    )
    return DestinationReport(name=left_out.name, platform=left_out.endpoint.platform, findings=(finding,))
