"""Settings, keys and the network's door of a test's own computer."""

from __future__ import annotations

from pathlib import Path

from powerstream_desktop.service.access.token_record import new_record
from powerstream_desktop.service.access.tokens import TokenAuthority
from powerstream_desktop.service.api.owner_parts import OwnerParts
from powerstream_desktop.service.lan.lan_access import LANAccess
from powerstream_desktop.service.secret_store.passphrase_key import ScryptCost
from powerstream_desktop.service.secret_store.places import Places
from powerstream_desktop.service.secret_store.secret_desk import SecretDesk
from powerstream_desktop.service.settings.settings_desk import SettingsDesk
from powerstream_desktop.service.settings.settings_file import SettingsFile
from tests.unit.service.secret_store.fake_keyrings import FakeKeyring
from tests.unit.service.store.rows import NOW


def owner_parts(folder: Path) -> OwnerParts:
    """Return parts whose files are in a folder; keys are at no place yet, and the network's door does not begin."""
    places = Places(FakeKeyring(), folder / "secrets", cost=ScryptCost(n=2**14, r=8, p=1))
    return OwnerParts(
        settings=SettingsDesk(SettingsFile(folder / "config", NOW.timestamp)),
        keys=SecretDesk(places),
        lan=LANAccess(TokenAuthority(new_record()), folder),
        usual_recordings=folder / "recordings",
        own_folders=(folder / "config", folder / "data"),
    )
