"""The window: renders snapshots, sends commands, holds no truth. PySide6.QtWidgets lives only here."""

import shiboken6 as shiboken6

from powerstream_desktop.common.lasting_singletons import make_singletons_last
from powerstream_desktop.common.unread_sources import leave_sources_unread

make_singletons_last()
leave_sources_unread()
