"""The window: renders snapshots, sends commands, holds no truth. PySide6.QtWidgets lives only here."""

from powerstream_desktop.desktop.true_forever import keep_true

keep_true()
