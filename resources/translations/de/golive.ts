<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>EncoderFields</name>
    <message>
        <source>Server address for the encoder</source>
        <translation>Serveradresse für den Encoder</translation>
    </message>
    <message>
        <source>Stream key for the encoder</source>
        <translation>Stream-Schlüssel für den Encoder</translation>
    </message>
    <message>
        <source>Server (paste into your encoder)</source>
        <translation>Server (im Encoder einfügen)</translation>
    </message>
    <message>
        <source>Stream key (of this computer)</source>
        <translation>Stream-Schlüssel (dieses Computers)</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the server address</source>
        <translation>Serveradresse kopieren</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Make a new stream key; the old one opens nothing any more</source>
        <translation>Neuen Stream-Schlüssel erzeugen; der alte öffnet nichts mehr</translation>
    </message>
</context>
<context>
    <name>GoLiveDialog</name>
    <message>
        <source>Go live</source>
        <translation>Live gehen</translation>
    </message>
    <message>
        <source>Show the broadcast</source>
        <translation>Sendung zeigen</translation>
    </message>
    <message>
        <source>Rehearse</source>
        <translation>Proben</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>The broadcast waits for your encoder at {address}.</source>
        <translation>Die Sendung wartet unter {address} auf den Encoder.</translation>
    </message>
    <message>
        <source>Start streaming there, with the stream key of this computer.</source>
        <translation>Dort das Streamen starten, mit dem Stream-Schlüssel dieses Computers.</translation>
    </message>
    <message>
        <source>Go live on {station}</source>
        <translation>Live gehen auf {station}</translation>
    </message>
    <message>
        <source>A broadcast runs already: {title}.</source>
        <translation>Eine Sendung läuft schon: {title}.</translation>
    </message>
    <message>
        <source>without a title</source>
        <translation>ohne Titel</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Startet…</translation>
    </message>
    <message>
        <source>Record only</source>
        <translation>Nur aufnehmen</translation>
    </message>
    <message>
        <source>Go live on {ready} of {wanted}</source>
        <translation>Live auf {ready} von {wanted}</translation>
    </message>
    <message>
        <source>Left out at first: {who} What is mended joins by itself.</source>
        <translation>Vorerst nicht dabei: {who} Was behoben wird, kommt von selbst dazu.</translation>
    </message>
    <message>
        <source>Sends to a test receiver on this computer; nothing goes out.</source>
        <translation>Sendet an einen Testempfänger auf diesem Computer; nichts geht hinaus.</translation>
    </message>
</context>
<context>
    <name>GoLiveForm</name>
    <message>
        <source>Station</source>
        <translation>Station</translation>
    </message>
    <message>
        <source>Multistream profile</source>
        <translation>Multistream-Profil</translation>
    </message>
    <message>
        <source>Picture and sound come from</source>
        <translation>Bild und Ton kommen von</translation>
    </message>
    <message>
        <source>The studio of this window</source>
        <translation>Dem Studio dieses Fensters</translation>
    </message>
    <message>
        <source>An external encoder such as OBS</source>
        <translation>Einem externen Encoder wie OBS</translation>
    </message>
    <message>
        <source>No destination yet: it can be recorded and watched here.</source>
        <translation>Noch kein Ziel: aufnehmen und hier ansehen geht trotzdem.</translation>
    </message>
    <message>
        <source>Record on this computer</source>
        <translation>Auf diesem Computer aufnehmen</translation>
    </message>
    <message>
        <source>Upload the replay when the stream ends</source>
        <translation>Aufzeichnung nach der Sendung hochladen</translation>
    </message>
    <message>
        <source>No station</source>
        <translation>Keine Station</translation>
    </message>
    <message>
        <source>All destinations in use</source>
        <translation>Alle verwendeten Ziele</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Destinations</source>
        <translation>Ziele</translation>
    </message>
</context>
<context>
    <name>Preflight</name>
    <message>
        <source>The studio starts with the broadcast.</source>
        <translation>Das Studio startet mit der Sendung.</translation>
    </message>
    <message>
        <source>The studio is starting.</source>
        <translation>Das Studio startet.</translation>
    </message>
    <message>
        <source>The studio runs, and nothing hinders it.</source>
        <translation>Das Studio läuft, nichts hindert es.</translation>
    </message>
    <message>
        <source>The broadcast begins when your encoder publishes to the address on the left.</source>
        <translation>Die Sendung beginnt, sobald der Encoder an die Adresse links sendet.</translation>
    </message>
    <message>
        <source>Make room, or choose another folder in the settings under Recording.</source>
        <translation>Platz schaffen oder in den Einstellungen unter „Aufnahme“ einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>Disk: {hours} hours of recording</source>
        <translation>Platte: {hours} Stunden Aufnahme</translation>
    </message>
    <message>
        <source>Disk: {size} free, too little for a recording</source>
        <translation>Platte: {size} frei, zu wenig für eine Aufnahme</translation>
    </message>
    <message>
        <source>Disk: {size} free, enough to record for {time}</source>
        <translation>Platte: {size} frei, reicht für {time} Aufnahme</translation>
    </message>
    <message numerus="yes">
        <source>Asking %n server(s) for a connection…</source>
        <translation>
            <numerusform>%n Server wird um eine Verbindung gebeten…</numerusform>
            <numerusform>%n Server werden um eine Verbindung gebeten…</numerusform>
        </translation>
    </message>
    <message>
        <source>One encode serves all: {size}, {fps} fps, {rate}.</source>
        <translation>Ein Encode für alle: {size}, {fps} Bilder/s, {rate}.</translation>
    </message>
    <message>
        <source>{platform} sets the limit: {most}.</source>
        <translation>{platform} setzt die Grenze: {most}.</translation>
    </message>
    <message>
        <source>Reached over a checked TLS connection: {names}</source>
        <translation>Über eine geprüfte TLS-Verbindung erreicht: {names}</translation>
    </message>
    <message>
        <source>Reached: {names}</source>
        <translation>Erreicht: {names}</translation>
    </message>
    <message>
        <source>Upload needs {needed}; last measured {available}.</source>
        <translation>Der Upload braucht {needed}; zuletzt gemessen: {available}.</translation>
    </message>
</context>
<context>
    <name>PreflightLines</name>
    <message>
        <source>Paste a new key</source>
        <translation>Neuen Schlüssel einfügen</translation>
    </message>
    <message>
        <source>Use {rate}</source>
        <translation>{rate} nehmen</translation>
    </message>
    <message>
        <source>Edit destination</source>
        <translation>Ziel bearbeiten</translation>
    </message>
</context>
<context>
    <name>PreflightPanel</name>
    <message>
        <source>Look again</source>
        <translation>Erneut prüfen</translation>
    </message>
    <message>
        <source>Pre-flight</source>
        <translation>Vor dem Start</translation>
    </message>
</context>
</TS>
