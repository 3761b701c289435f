"""The window: renders snapshots, sends commands, holds no truth. PySide6.QtWidgets lives only here."""

from powerstream_desktop.common.lasting_singletons import make_singletons_last

make_singletons_last()
