"""S14-S18 and S29-S31: which tokens are good."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any

import jwt
import pytest

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.access.scope import Scope
from powerstream_desktop.service.access.token_record import (
    MAX_DEVICES,
    SigningKey,
    TokenRecord,
    new_key,
    new_record,
    read_key,
    read_record,
)
from powerstream_desktop.service.access.tokens import (
    DEVICE_LIFE_S,
    LEEWAY_S,
    RUN_LIFE_S,
    BadTokenError,
    TokenAuthority,
)

NOW = 1_800_000_000.0


@pytest.fixture
def authority() -> TokenAuthority:
    return TokenAuthority(new_record())


def paired(authority: TokenAuthority, scope: Scope = Scope.CONTROL, now: float = NOW) -> str:
    return authority.pair("Stream Deck", scope, now).token.reveal()


def part(value: Any) -> str:
    text = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def forged(key: SigningKey, claims: Any, **headers: Any) -> str:
    """Sign by hand, so that no library refuses to make what an attacker would."""
    signed = f"{part({'alg': 'HS256', 'typ': 'JWT', 'kid': key.id} | headers)}.{part(claims)}"
    return f"{signed}.{part(hmac.new(key.material(), signed.encode(), hashlib.sha256).digest())}"


def claims_of(token: str) -> dict[str, Any]:
    claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    return claims


def is_refused(authority: TokenAuthority, token: str, now: float = NOW) -> bool:
    try:
        authority.verify(token, now)
    except BadTokenError:
        return True
    return False


def test_a_paired_device_is_known_by_name_and_scope(authority: TokenAuthority) -> None:
    caller = authority.verify(paired(authority), NOW)
    assert (caller.device, caller.scope) == ("Stream Deck", Scope.CONTROL)


def test_this_computer_may_do_everything_while_the_service_runs(authority: TokenAuthority) -> None:
    token = authority.token_of_this_run(NOW).reveal()
    assert authority.verify(token, NOW).scope is Scope.ADMIN
    assert is_refused(TokenAuthority(authority.record), token)


def test_a_forgery_made_by_hand_is_as_good_as_ours_so_the_tests_below_test_something(
    authority: TokenAuthority,
) -> None:
    token = paired(authority)
    assert not is_refused(authority, forged(authority.record.keys[0], claims_of(token)))


@pytest.mark.parametrize("token", ["", " ", ".", "..", "...", "a.b", "a.b.c", "a.b.c.d", "Bearer", "é.é.é", "e30.e30.", "x" * 5000, "\n"])  # fmt: skip
def test_what_is_no_token_is_refused(authority: TokenAuthority, token: str) -> None:
    assert is_refused(authority, token)


def test_every_changed_character_of_a_token_is_noticed(authority: TokenAuthority) -> None:
    token = paired(authority)
    for at, character in enumerate(token[:-1]):  # the last one holds bits that no byte has
        other = "A" if character != "A" else "B"
        assert is_refused(authority, token[:at] + other + token[at + 1 :])


@pytest.mark.parametrize(
    "headers",
    [
        {"alg": "none"}, {"alg": "None"}, {"alg": "HS512"}, {"alg": "RS256"}, {"alg": "hs256"}, {"alg": None}, {"alg": ["HS256"]},
        {"crit": ["exp"], "exp": 1}, {"crit": []}, {"crit": ["b64"], "b64": False}, {"b64": True}, {"jku": "http://evil.example"},
        {"x5u": "http://evil.example"}, {"jwk": {"kty": "oct", "k": "AAAA"}}, {"kid": "another"}, {"kid": None}, {"kid": 1},
        {"kid": ["a"]}, {"kid": "../../dev/null"}, {"cty": "JWT"},
    ],
)  # fmt: skip
def test_a_header_that_would_change_how_it_is_read_is_refused(
    authority: TokenAuthority, headers: dict[str, Any]
) -> None:
    token = forged(authority.record.keys[0], claims_of(paired(authority)), **headers)
    assert is_refused(authority, token)


def test_a_token_without_a_signature_is_refused(authority: TokenAuthority) -> None:
    claims = claims_of(paired(authority))
    for signature in ("", "AAAA"):
        for algorithm in ("none", "HS256"):
            header = {"alg": algorithm, "typ": "JWT", "kid": authority.record.keys[0].id}
            assert is_refused(authority, f"{part(header)}.{part(claims)}.{signature}")


@pytest.mark.parametrize("name", ["iss", "aud", "sub", "jti", "scope", "iat", "exp"])
@pytest.mark.parametrize("value", [None, "other", 1.5, True, [], {}, [["x"]], "absent"])
def test_a_claim_that_is_absent_or_of_another_kind_is_refused(
    authority: TokenAuthority, name: str, value: Any
) -> None:
    claims = claims_of(paired(authority))
    if value == "absent":
        del claims[name]
    else:
        claims[name] = value
    token = forged(authority.record.keys[0], claims)
    # Any text is a name; the list of devices is asked for the rest.
    assert is_refused(authority, token) is not (name == "sub" and value == "other")


@pytest.mark.parametrize("claims", [[], "text", 1, None, {}, b"no JSON", b"[" * 500])
def test_claims_that_are_none_are_refused(authority: TokenAuthority, claims: Any) -> None:
    assert is_refused(authority, forged(authority.record.keys[0], claims))


def test_an_audience_in_a_list_is_refused(authority: TokenAuthority) -> None:
    claims = claims_of(paired(authority)) | {"aud": ["powerstream-api", "other"]}
    assert is_refused(authority, forged(authority.record.keys[0], claims))


def test_a_device_cannot_be_more_than_it_was_let_in_as(authority: TokenAuthority) -> None:
    claims = claims_of(paired(authority, Scope.READ)) | {"scope": "admin"}
    assert is_refused(authority, forged(authority.record.keys[0], claims))


@pytest.mark.parametrize(
    ("late_s", "refused"),
    [(-3600, False), (0, False), (LEEWAY_S - 1, False), (LEEWAY_S, True), (3600, True)],
)
def test_a_token_is_good_until_its_time_and_a_minute(
    authority: TokenAuthority, late_s: float, refused: bool
) -> None:
    assert is_refused(authority, paired(authority), NOW + DEVICE_LIFE_S + late_s) is refused
    token = authority.token_of_this_run(NOW).reveal()
    assert is_refused(authority, token, NOW + RUN_LIFE_S + late_s) is refused


@pytest.mark.parametrize(("early_s", "refused"), [(LEEWAY_S, False), (LEEWAY_S + 1, True), (3600, True)])
def test_a_token_of_the_future_is_refused(authority: TokenAuthority, early_s: float, refused: bool) -> None:
    assert is_refused(authority, paired(authority), NOW - early_s) is refused


def test_a_device_that_was_put_out_stays_out_also_after_a_restart(authority: TokenAuthority) -> None:
    token, other = paired(authority), paired(authority)
    assert authority.put_out(authority.verify(token, NOW).token_id)
    again = TokenAuthority(read_record(authority.record.as_secret()))
    for each in (authority, again):
        assert is_refused(each, token)
        assert not is_refused(each, other)
    assert not authority.put_out("never seen")


def test_a_new_signing_key_leaves_paired_devices_in_until_their_time_is_over(
    authority: TokenAuthority,
) -> None:
    token = paired(authority)
    authority.rotate(NOW)
    assert not is_refused(authority, token)
    assert not is_refused(authority, paired(authority))
    assert is_refused(authority, token, NOW + DEVICE_LIFE_S + LEEWAY_S)


def test_keys_that_sign_nothing_good_any_more_are_forgotten(authority: TokenAuthority) -> None:
    for month in range(12):
        authority.rotate(NOW + month * 30 * 86400)
    assert len(authority.record.keys) <= 5


def test_a_token_that_a_retired_key_signs_now_is_refused_in_its_time(authority: TokenAuthority) -> None:
    token = paired(authority)
    old = authority.record.keys[0]
    authority.rotate(NOW)
    later = NOW + DEVICE_LIFE_S + 1
    claims = claims_of(token) | {"iat": int(later), "exp": int(later) + 1000}
    assert is_refused(authority, forged(old, claims), later)


@pytest.mark.parametrize(
    "kept", [None, "", "{}", "[]", '{"keys":[]}', '{"keys":[{"id":"a","secret":"AAAA"}]}', "\0"]
)
def test_a_record_that_was_lost_or_damaged_lets_nobody_in(
    authority: TokenAuthority, kept: str | None
) -> None:
    token = paired(authority)
    again = TokenAuthority(read_record(None if kept is None else Secret(kept)))
    assert again.record.devices == ()
    assert is_refused(again, token)
    assert not is_refused(again, paired(again))


def test_two_records_share_no_key() -> None:
    assert new_record().keys[0].secret != new_record().keys[0].secret


@pytest.mark.parametrize("name", ["", " ", "x" * 65, "a\nb", "a\x1b[2J", "\u202egnp.exe"])
def test_a_name_that_could_deceive_is_refused(authority: TokenAuthority, name: str) -> None:
    with pytest.raises(UserError):
        authority.pair(name, Scope.READ, NOW)


def test_devices_without_number_are_refused_and_expired_ones_make_room(authority: TokenAuthority) -> None:
    for _ in range(MAX_DEVICES):
        paired(authority)
    with pytest.raises(UserError, match="devices can be paired"):
        paired(authority)
    paired(authority, now=NOW + DEVICE_LIFE_S + 1)
    assert len(authority.record.devices) == 1


def test_a_record_shows_no_key_when_it_is_printed(authority: TokenAuthority) -> None:
    record: TokenRecord = authority.record
    assert record.keys[0].secret.reveal() not in repr(record)


@pytest.mark.parametrize("has", list(Scope))
@pytest.mark.parametrize("needs", list(Scope))
def test_each_scope_includes_those_before_it(has: Scope, needs: Scope) -> None:
    order = [Scope.READ, Scope.CONTROL, Scope.ADMIN]
    assert has.includes(needs) is (order.index(has) >= order.index(needs))


def test_a_successor_with_the_keys_of_a_killed_service_takes_its_tokens(authority: TokenAuthority) -> None:
    token = authority.token_of_this_run(NOW).reveal()
    handed_down = authority.run_key.as_secret()
    successor = TokenAuthority(new_record(), read_key(handed_down))
    assert successor.verify(token, NOW + 5).scope is Scope.ADMIN
    assert is_refused(TokenAuthority(new_record(), new_key()), token)


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"id":"a","secret":"c2hvcnQ=","retires_at_s":null}', '{"id":"a","secret":"!"}']
)
def test_a_run_key_that_is_none_is_replaced_by_one_that_nobody_knows(text: str) -> None:
    first, second = read_key(Secret(text)), read_key(None)
    assert len(first.material()) == len(second.material()) == 32
    assert first.secret != second.secret


def test_a_run_key_tells_nothing_when_it_is_printed(authority: TokenAuthority) -> None:
    handed_down = authority.run_key.as_secret()
    assert authority.run_key.secret.reveal() in handed_down.reveal()
    assert authority.run_key.secret.reveal() not in f"{authority.run_key!r} {handed_down!r} {handed_down}"
