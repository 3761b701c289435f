<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>RecordedContent</name>
    <message>
        <source>Loading replays…</source>
        <translation>Aufzeichnungen werden geladen…</translation>
    </message>
    <message>
        <source>Replays</source>
        <translation>Aufzeichnungen</translation>
    </message>
    <message>
        <source>Nothing was found.</source>
        <translation>Nichts gefunden.</translation>
    </message>
    <message>
        <source>Try fewer or other words.</source>
        <translation>Mit weniger oder anderen Wörtern versuchen.</translation>
    </message>
    <message>
        <source>No recorded shows for this station yet.</source>
        <translation>Noch keine Aufzeichnungen dieser Station.</translation>
    </message>
    <message>
        <source>What you broadcast with recording on appears here.</source>
        <translation>Was mit Aufnahme gesendet wird, erscheint hier.</translation>
    </message>
    <message>
        <source>No replays yet.</source>
        <translation>Noch keine Aufzeichnungen.</translation>
    </message>
</context>
<context>
    <name>Replay</name>
    <message>
        <source>Untitled</source>
        <translation>Ohne Titel</translation>
    </message>
    <message>
        <source>being finished</source>
        <translation>wird fertiggestellt</translation>
    </message>
    <message>
        <source>recovered</source>
        <translation>gerettet</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>file missing</source>
        <translation>Datei fehlt</translation>
    </message>
    <message>
        <source>waiting to upload</source>
        <translation>wartet auf Upload</translation>
    </message>
    <message>
        <source>uploading</source>
        <translation>wird hochgeladen</translation>
    </message>
    <message>
        <source>in the cloud</source>
        <translation>in der Cloud</translation>
    </message>
    <message>
        <source>cloud only</source>
        <translation>nur in der Cloud</translation>
    </message>
    <message>
        <source>upload failed</source>
        <translation>Upload fehlgeschlagen</translation>
    </message>
    <message>
        <source>on another computer</source>
        <translation>auf anderem Rechner</translation>
    </message>
    <message>
        <source>this computer only</source>
        <translation>nur hier</translation>
    </message>
</context>
<context>
    <name>ReplaysPage</name>
    <message>
        <source>Station</source>
        <translation>Station</translation>
    </message>
    <message>
        <source>All stations</source>
        <translation>Alle Stationen</translation>
    </message>
</context>
<context>
    <name>SearchBox</name>
    <message>
        <source>Search titles and descriptions</source>
        <translation>Titel und Beschreibungen durchsuchen</translation>
    </message>
    <message>
        <source>Search replays</source>
        <translation>Aufzeichnungen suchen</translation>
    </message>
</context>
</TS>
