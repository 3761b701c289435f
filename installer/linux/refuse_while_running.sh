#!/bin/sh
# Before an upgrade or a removal: a program whose files are exchanged under it would start its next engine from another version, in the
# midst of a broadcast perhaps. So whoever upgrades is asked to end it first; nothing has been changed then.
set -e

case "$1" in
    upgrade | remove | failed-upgrade) ;;
    *) exit 0 ;;
esac

for entry in /proc/[0-9]*; do
    if [ "$(readlink "$entry/exe" 2>/dev/null)" = /opt/powerstream/powerstream ]; then
        echo "PowerStream is running (process ${entry#/proc/}), and may be live." >&2
        echo "End the broadcast, close the window, wait ten seconds, and try again. Nothing was changed." >&2
        exit 1
    fi
done
exit 0
