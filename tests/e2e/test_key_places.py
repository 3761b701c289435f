"""Keys in a file sealed with a passphrase, with the real service: open over a kill, shut after an end, and nowhere in the clear."""

from __future__ import annotations

from tests.canary import find_canary
from tests.e2e.support.ports import LOOPBACK, free_port
from tests.e2e.support.served import Answer, Served
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import wait_until

KEY = "CANARY-key-5b0f91c4"
PASSPHRASE = "CANARY four unrelated words"
PATIENCE_S = 15.0


def keys(served: Served) -> Answer:
    status, answer = served.ask("GET", "/api/access/secrets")
    assert status == 200, answer
    return answer


def unlock(served: Served, passphrase: str) -> int:
    return served.ask("POST", "/api/access/secrets/unlock", {"passphrase": passphrase})[0]


def keys_once_it_is_back(served: Served) -> Answer:
    def look() -> Answer | None:
        try:
            return keys(served)
        except OSError:
            return None

    found = wait_until(look, what="the next service", timeout_s=PATIENCE_S)
    assert found is not None
    return found


def test_a_sealed_file_stays_open_over_a_kill_and_is_shut_after_an_end(stage: Stage) -> None:
    served = Served(stage, "--headless")
    served.wait_until_ready()
    assert keys(served)["place"] == "this-run"  # no keyring runs here
    served.add_endpoint("One", f"rtmp://{LOOPBACK}:{free_port()}/app", KEY)
    wish = {"place": "sealed-file", "passphrase": PASSPHRASE}
    status, moved = served.ask("POST", "/api/access/secrets/place", wish)
    assert (status, moved["isShut"], moved["leftBehind"]) == (200, False, 0)

    served.kill_service()
    assert keys_once_it_is_back(served) == moved
    for canary in (KEY, PASSPHRASE):
        assert find_canary([served.home], canary) == []
    file = served.file()
    assert file is not None
    served.keeper.interrupt()
    assert served.wait_for_end() == 0

    later = Served(stage, "--headless", name="later")
    later.wait_until_ready()
    assert later.ask("GET", "/api/settings", token=file.token.reveal())[0] == 401, "a token of the run before"
    assert keys(later) == {**moved, "isShut": True}
    (endpoint,) = later.ask("GET", "/api/rtmp/endpoints")[1]["endpoints"]
    assert endpoint["streamKey"] == "set"
    assert unlock(later, "four other words") == 422
    assert keys(later)["isShut"]
    assert unlock(later, PASSPHRASE) == 200
    assert keys(later) == moved
    for canary in (KEY, PASSPHRASE):
        assert find_canary([later.home, stage.folder], canary) == []
