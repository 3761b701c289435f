"""The window: renders snapshots, sends commands, holds no truth. PySide6.QtWidgets lives only here."""
