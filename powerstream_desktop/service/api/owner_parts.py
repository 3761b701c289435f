"""What the owner of this computer decides: settings, where keys are kept, and whether the network is let in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from powerstream_desktop.service.lan.lan_access import LANAccess
from powerstream_desktop.service.secret_store.secret_desk import SecretDesk
from powerstream_desktop.service.settings.settings import OPTIONS
from powerstream_desktop.service.settings.settings_desk import SettingsDesk


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerParts:
    """Parts of the service behind the routes of settings and of ``/api/access``.

    Attributes:
        settings: followed by ``lan``.
        keys: open.
        lan: its state is shown; it is opened and closed by the settings alone.
        usual_recordings: where recordings go unless the settings name another folder.
        own_folders: other folders of this computer that sentences may name: those of the program.
    """

    settings: SettingsDesk
    keys: SecretDesk
    lan: LANAccess
    usual_recordings: Path
    own_folders: tuple[Path, ...]

    @property
    def recordings(self) -> Path:
        """Where recordings go now."""
        return self.settings.settings.recording.folder or self.usual_recordings

    @property
    def folders(self) -> tuple[Path, ...]:
        """All folders of this computer that are known here, for who must not tell them to everybody."""
        settings = self.settings.settings
        chosen: list[Path] = []
        for option in OPTIONS.values():
            value = settings.value(option) if option.is_place else None
            chosen += value if isinstance(value, tuple) else () if value is None else (value,)
        return (*self.own_folders, self.usual_recordings, *chosen)
