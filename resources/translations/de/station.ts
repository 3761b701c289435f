<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>StationHead</name>
    <message>
        <source>Edit</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Go live</source>
        <translation>Live gehen</translation>
    </message>
    <message>
        <source>● LIVE</source>
        <translation>● LIVE</translation>
    </message>
    <message>
        <source>○ Off air</source>
        <translation>○ Nicht auf Sendung</translation>
    </message>
    <message>
        <source>Another broadcast is running.</source>
        <translation>Eine andere Sendung läuft.</translation>
    </message>
</context>
<context>
    <name>StationPage</name>
    <message>
        <source>New station</source>
        <translation>Neue Station</translation>
    </message>
    <message>
        <source>Station</source>
        <translation>Station</translation>
    </message>
    <message>
        <source>Recorded shows</source>
        <translation>Aufzeichnungen</translation>
    </message>
    <message>
        <source>Loading stations…</source>
        <translation>Stationen werden geladen…</translation>
    </message>
    <message>
        <source>There is no station yet.</source>
        <translation>Noch keine Station vorhanden.</translation>
    </message>
    <message>
        <source>A station is a channel of yours: its name, its destinations, its recorded shows.</source>
        <translation>Eine Station ist ein eigener Kanal: mit Namen, Zielen und Aufzeichnungen.</translation>
    </message>
</context>
<context>
    <name>StationPicture</name>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Picture of {name}</source>
        <translation>Bild von {name}</translation>
    </message>
</context>
<context>
    <name>StationSheet</name>
    <message>
        <source>Edit station</source>
        <translation>Station ändern</translation>
    </message>
    <message>
        <source>New station</source>
        <translation>Neue Station</translation>
    </message>
    <message>
        <source>Choose picture…</source>
        <translation>Bild wählen…</translation>
    </message>
    <message>
        <source>Remove picture</source>
        <translation>Bild entfernen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>What it is called in addresses. Empty: made from the name.</source>
        <translation>So heißt sie in Adressen. Leer: aus dem Namen gebildet.</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Delete station</source>
        <translation>Station löschen</translation>
    </message>
    <message>
        <source>Delete it with its destinations?</source>
        <translation>Samt ihren Zielen löschen?</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Give it a name.</source>
        <translation>Einen Namen eingeben.</translation>
    </message>
    <message>
        <source>At most {most} characters.</source>
        <translation>Höchstens {most} Zeichen.</translation>
    </message>
    <message>
        <source>Choose a picture</source>
        <translation>Bild wählen</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
</context>
<context>
    <name>StationView</name>
    <message>
        <source>Back to the broadcast</source>
        <translation>Zurück zur Sendung</translation>
    </message>
    <message>
        <source>No replay is open.</source>
        <translation>Keine Aufzeichnung ist offen.</translation>
    </message>
    <message>
        <source>Choose one on the left.</source>
        <translation>Links eine wählen.</translation>
    </message>
    <message>
        <source>On air now, some seconds behind. It begins muted, so that no microphone hears it.</source>
        <translation>Jetzt auf Sendung, einige Sekunden versetzt. Anfangs stumm, damit kein Mikrofon es hört.</translation>
    </message>
</context>
</TS>
