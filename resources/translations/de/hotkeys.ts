<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>Hotkeys</name>
    <message>
        <source>Marked at {time}.</source>
        <translation>Markiert bei {time}.</translation>
    </message>
    <message>
        <source>Press the shortcut once more, or hold it, to end the broadcast.</source>
        <translation>Das Kürzel noch einmal drücken oder halten, um die Sendung zu beenden.</translation>
    </message>
    <message>
        <source>Press the shortcut once more, or hold it, to go live.</source>
        <translation>Das Kürzel noch einmal drücken oder halten, um live zu gehen.</translation>
    </message>
    <message>
        <source>Scene {number}</source>
        <translation>Szene {number}</translation>
    </message>
    <message>
        <source>Go live or end</source>
        <translation>Live gehen oder beenden</translation>
    </message>
    <message>
        <source>Mark a moment</source>
        <translation>Moment markieren</translation>
    </message>
    <message>
        <source>Mute the microphone</source>
        <translation>Mikrofon stummschalten</translation>
    </message>
    <message>
        <source>Push to talk</source>
        <translation>Sprechtaste</translation>
    </message>
    <message>
        <source>Privacy: be right back</source>
        <translation>Privatsphäre: gleich zurück</translation>
    </message>
    <message>
        <source>Split the recording</source>
        <translation>Aufzeichnung teilen</translation>
    </message>
    <message>
        <source>Save the last 30 seconds</source>
        <translation>Die letzten 30 Sekunden sichern</translation>
    </message>
    <message>
        <source>This desktop lets no program listen for keys. Give “powerstream ctl” a shortcut in the desktop's own settings.</source>
        <translation>Dieser Desktop lässt kein Programm auf Tasten hören. „powerstream ctl“ in den Einstellungen des Desktops ein Kürzel geben.</translation>
    </message>
    <message>
        <source>The X server lets no program listen for keys.</source>
        <translation>Der X-Server lässt kein Programm auf Tasten hören.</translation>
    </message>
    <message>
        <source>The X server is gone; no key is heard any more.</source>
        <translation>Der X-Server ist weg; keine Taste wird mehr gehört.</translation>
    </message>
    <message>
        <source>macOS lets no program listen for keys.</source>
        <translation>macOS lässt kein Programm auf Tasten hören.</translation>
    </message>
    <message>
        <source>Another program has this shortcut.</source>
        <translation>Ein anderes Programm hat dieses Kürzel.</translation>
    </message>
    <message>
        <source>This keyboard has no such key.</source>
        <translation>Diese Tastatur hat keine solche Taste.</translation>
    </message>
    <message>
        <source>This desktop's portal offers no shortcuts. Give “powerstream ctl” a shortcut in the desktop's own settings.</source>
        <translation>Das Portal dieses Desktops bietet keine Kürzel. „powerstream ctl“ in den Einstellungen des Desktops ein Kürzel geben.</translation>
    </message>
    <message>
        <source>The desktop's portal has ended; no key is heard until it is back.</source>
        <translation>Das Portal des Desktops ist beendet; bis es zurück ist, wird keine Taste gehört.</translation>
    </message>
    <message>
        <source>On this desktop the keys are chosen in a dialog of its own.</source>
        <translation>Auf diesem Desktop werden die Tasten in einem eigenen Dialog gewählt.</translation>
    </message>
    <message>
        <source>The desktop's dialog was closed without choosing keys.</source>
        <translation>Der Dialog des Desktops wurde geschlossen, ohne Tasten zu wählen.</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>Ctrl</source>
        <translation>Strg</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Umschalt</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Insert</source>
        <translation>Einfg</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Entf</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Pos1</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>Page Up</source>
        <translation>Bild auf</translation>
    </message>
    <message>
        <source>Page Down</source>
        <translation>Bild ab</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>Druck</translation>
    </message>
</context>
<context>
    <name>LiveClips</name>
    <message>
        <source>The last {count} seconds are being saved as a clip.</source>
        <translation>Die letzten {count} Sekunden werden als Clip gesichert.</translation>
    </message>
    <message>
        <source>the service was started again.</source>
        <translation>der Dienst wurde neu gestartet.</translation>
    </message>
    <message>
        <source>The clip is among the replays.</source>
        <translation>Der Clip steht im Archiv.</translation>
    </message>
    <message>
        <source>The clip was not saved: {why}</source>
        <translation>Der Clip wurde nicht gesichert: {why}</translation>
    </message>
    <message>
        <source>What was recorded is kept; it can be cut from the replay.</source>
        <translation>Was aufgezeichnet wurde, bleibt; er lässt sich aus der Aufzeichnung schneiden.</translation>
    </message>
</context>
</TS>
