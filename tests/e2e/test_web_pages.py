"""A real browser with a page of another origin, and with a name that was made to lead here, tries every route (S23).

The routes are those of the document of the very service that is tried. What a page may not see of its attempts stands in the
service's own account of who changed what.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.e2e.support.browser import BINARY, OPTIONS
from tests.e2e.support.hostile_site import HostileSite, Route
from tests.e2e.support.ports import LOOPBACK
from tests.e2e.support.processes import TestProcess
from tests.e2e.support.served import Served
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import wait_until

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.timeout(120),
    pytest.mark.skipif(shutil.which(BINARY) is None, reason="needs a browser"),
]

REBOUND = "rebound.test"
ANOTHER_LOOPBACK = "127.0.0.2"
PATIENCE_S = 60.0
WAYS_BESIDE = 7
REFUSED = (" foreign-origin", " wrong-host", " too-many-requests")


@pytest.fixture(scope="module")
def served(shared_stage: Stage) -> Served:
    served = Served(shared_stage, "--headless")
    served.wait_until_ready()
    return served


def routes_of(served: Served) -> list[Route]:
    status, document = served.ask("GET", "/api/openapi.json")
    assert status == 200
    found = [
        (method.upper(), path.replace("{", "").replace("}", ""))
        for path, methods in document["paths"].items()
        for method in methods
    ]
    assert len(found) > 70, "every route of the API"
    return [*found, ("GET", "/api/openapi.json")]


def ways(routes: list[Route]) -> int:
    """Return how many attempts the page makes of these routes."""
    return 2 * len(routes) + gets(routes) + WAYS_BESIDE


def gets(routes: list[Route]) -> int:
    return [method for method, _ in routes].count("GET")


def browser(url: str, folder: Path, hosts: str) -> TestProcess:
    home = folder / "browser-home"
    home.mkdir()
    resolving = f"--host-resolver-rules={hosts}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    command = [BINARY, *OPTIONS, resolving, f"--user-data-dir={home}", url]
    return TestProcess(command, name="browser", folder=folder, env={"HOME": str(home)})


def visit(site: HostileSite, page: str, api: str, folder: Path, *, rebound: bool) -> None:
    """Open the page in a browser, and wait for what it reports."""
    told = quote(json.dumps({"api": api, "report": site.report_url, "rebound": rebound}))
    with browser(f"{page}#{told}", folder, f"MAP {REBOUND} {ANOTHER_LOOPBACK}"):
        wait_until(lambda: site.report, what="the page's report", timeout_s=PATIENCE_S)


@pytest.fixture
def untouched(served: Served) -> Iterator[None]:
    """Whatever the test does changes nothing at the service, and is refused at its door by the service's own account."""
    before = what_stands(served)
    lines = len(changes_tried(served))
    yield
    assert what_stands(served) == before
    tried = changes_tried(served)[lines:]
    assert changes_tried(served)
    assert [line for line in tried if not line.endswith(REFUSED)] == []


def what_stands(served: Served) -> list[object]:
    paths = ("/api/live/status", "/api/rtmp/endpoints", "/api/stations", "/api/vod", "/api/settings", "/api/access/devices", "/api/profiles")  # fmt: skip
    return [served.ask("GET", path) for path in paths]


def changes_tried(served: Served) -> list[str]:
    """Return the service's own account of who changed what, or tried to."""
    [log] = (served.home / "logs").glob("service-*.jsonl")
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    return [line["message"] for line in lines if line["logger"].endswith("access.audit")]


@pytest.mark.usefixtures("untouched")
def test_a_page_of_another_origin_reaches_nothing_in_any_way(served: Served, tmp_path: Path) -> None:
    routes = routes_of(served)
    with HostileSite(routes) as site:
        api = f"http://{LOOPBACK}:{served.port}"
        visit(site, f"http://{LOOPBACK}:{site.port}/", api, tmp_path, rebound=False)
        assert site.report == {"tried": ways(routes), "succeeded": [], "statuses": {}}


@pytest.mark.usefixtures("untouched")
def test_a_name_that_was_made_to_lead_here_reaches_nothing_in_any_way(served: Served, tmp_path: Path) -> None:
    routes = routes_of(served)
    # The browser sees one origin from first to last; only where its name leads to has changed.
    with (
        HostileSite(routes, host=ANOTHER_LOOPBACK, port=served.port, leads_to=served.port) as rebinding,
        HostileSite(routes) as site,
    ):
        origin = f"http://{REBOUND}:{served.port}"
        visit(site, f"{origin}/", origin, tmp_path, rebound=True)
        assert rebinding.passed_on > 0
        assert site.report is not None
        assert (site.report["tried"], site.report["succeeded"]) == (ways(routes), [])
        statuses = site.report["statuses"]
        assert statuses.keys() <= {"421", "429"}
        assert sum(statuses.values()) == 2 * len(routes) + gets(routes), "it could read that it was refused"
