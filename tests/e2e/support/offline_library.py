"""Goes once through the library of a home, with a service of its own, and prints what came of it as JSON: ``python -m`` this.

Arguments: the home, and a film to begin with. Runs where there is no network but the loopback interface.
"""

from __future__ import annotations

import errno
import http.client
import json
import socket
import sys
from pathlib import Path
from typing import Any, Final

from powerstream_desktop.client.client import Client, client_of_home
from powerstream_desktop.client.clips import EXACT
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.common.service_file import find_service
from tests.e2e.support.waiting import wait_until

DONE_S: Final = 60.0
ANSWER_S: Final = 20.0
ELSEWHERE: Final = ("192.0.2.1", 443)
"""An address that nobody has (RFC 5737): without a route to anywhere, asking for it fails at once."""


def is_offline() -> bool:
    """Say whether nothing beyond this computer can be reached."""
    with socket.socket() as attempt:
        attempt.settimeout(ANSWER_S)
        try:
            attempt.connect(ELSEWHERE)
        except OSError as error:
            return error.errno == errno.ENETUNREACH
    return False


def tour(client: Client, paths: Paths, film: Path) -> dict[str, Any]:
    """Import a film, list it, search for it, cut a clip out of it, and fetch its video."""
    client.library.import_files([str(film)])
    wait_until(lambda: client.library.page().assets, what="the import", timeout_s=DONE_S)
    [replay] = client.library.page().assets
    begun = client.clips.make(replay.id, start_ms=500, end_ms=1500, mode=EXACT, title="Piece")

    def ended() -> str:
        [clip] = client.clips.of(replay.id)
        return clip.state if clip.is_over else ""

    return {
        "listed": replay.title,
        "found": [each.title for each in client.library.page(words=film.stem[:4].lower()).assets],
        "not_found": [each.title for each in client.library.page(words="zebra").assets],
        "clip": wait_until(ended, what=f"the clip {begun.id}", timeout_s=DONE_S),
        "library": sorted(each.title for each in client.library.page().assets),
        "video_is_whole": video(paths, replay.video_url or "") == film.read_bytes(),
    }


def video(paths: Paths, address: str) -> bytes:
    """Fetch what the service serves of a replay."""
    service = find_service(paths.runtime)
    assert service is not None
    connection = http.client.HTTPConnection(service.url.removeprefix("http://"), timeout=ANSWER_S)
    try:
        connection.request("GET", address, headers={"Authorization": f"Bearer {service.token.reveal()}"})
        return connection.getresponse().read()
    finally:
        connection.close()


def main() -> None:
    """See the module."""
    home, film = sys.argv[1:]
    paths = Paths.from_environment({"POWERSTREAM_HOME": home})
    with client_of_home(paths) as client:
        told = {"is_offline": is_offline(), **tour(client, paths, Path(film))}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
