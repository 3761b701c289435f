<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>Checks</name>
    <message>
        <source>Checking…</source>
        <translation>Wird geprüft…</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>Nicht geprüft</translation>
    </message>
    <message>
        <source>Not ready</source>
        <translation>Nicht bereit</translation>
    </message>
    <message>
        <source>Answers, but</source>
        <translation>Antwortet, aber</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Antwortet</translation>
    </message>
</context>
<context>
    <name>DestinationLine</name>
    <message>
        <source>Use it</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>key set</source>
        <translation>Schlüssel da</translation>
    </message>
    <message>
        <source>no key</source>
        <translation>kein Schlüssel</translation>
    </message>
    <message>
        <source>Use {name}</source>
        <translation>{name} verwenden</translation>
    </message>
    <message>
        <source>More for {name}</source>
        <translation>Mehr zu {name}</translation>
    </message>
    <message>
        <source>Yes, delete {name} and its key</source>
        <translation>Ja, {name} und den Schlüssel löschen</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Paste a new key</source>
        <translation>Neuen Schlüssel einfügen</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation>Jetzt erneut versuchen</translation>
    </message>
    <message>
        <source>Move up: keeps the picture longer</source>
        <translation>Nach oben: behält das Bild länger</translation>
    </message>
    <message>
        <source>Move down: gives way earlier</source>
        <translation>Nach unten: macht eher Platz</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
</context>
<context>
    <name>DestinationRow</name>
    <message>
        <source>Live {rate}</source>
        <translation>Live {rate}</translation>
    </message>
    <message>
        <source>Slow, {share} dropped</source>
        <translation>Langsam, {share} verworfen</translation>
    </message>
    <message>
        <source>Slow {rate}</source>
        <translation>Langsam {rate}</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Verbindet</translation>
    </message>
    <message>
        <source>Reconnecting, try {number}</source>
        <translation>Verbindet neu, Versuch {number}</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>Not known now</source>
        <translation>Zurzeit unbekannt</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>{queue} ms wait to be sent, {dropped} of {all} pictures dropped</source>
        <translation>{queue} ms warten aufs Senden, {dropped} von {all} Bildern verworfen</translation>
    </message>
    <message>
        <source>the second server takes it</source>
        <translation>der zweite Server nimmt es</translation>
    </message>
    <message>
        <source>Needs a key</source>
        <translation>Braucht einen Schlüssel</translation>
    </message>
</context>
<context>
    <name>DestinationSheet</name>
    <message>
        <source>Where shall the stream go?</source>
        <translation>Wohin soll gesendet werden?</translation>
    </message>
    <message>
        <source>Another platform</source>
        <translation>Andere Plattform</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete it and its key?</source>
        <translation>Samt Schlüssel löschen?</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Save and check</source>
        <translation>Speichern und prüfen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Add a destination</source>
        <translation>Ziel hinzufügen</translation>
    </message>
    <message>
        <source>Add {platform}</source>
        <translation>{platform} hinzufügen</translation>
    </message>
    <message>
        <source>New key for {name}</source>
        <translation>Neuer Schlüssel für {name}</translation>
    </message>
    <message>
        <source>Edit {name}</source>
        <translation>{name} bearbeiten</translation>
    </message>
</context>
<context>
    <name>DestinationsTable</name>
    <message>
        <source>Platform</source>
        <translation>Plattform</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Last error</source>
        <translation>Letzter Fehler</translation>
    </message>
    <message>
        <source>Last connected</source>
        <translation>Zuletzt verbunden</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Nutzen</translation>
    </message>
</context>
<context>
    <name>EndpointForm</name>
    <message>
        <source>Stream key</source>
        <translation>Stream-Schlüssel</translation>
    </message>
    <message>
        <source>All stations</source>
        <translation>Alle Stationen</translation>
    </message>
    <message>
        <source>Landscape</source>
        <translation>Querformat</translation>
    </message>
    <message>
        <source>Portrait 9:16</source>
        <translation>Hochformat 9:16</translation>
    </message>
    <message>
        <source>The key at the end of the address went into its own field.</source>
        <translation>Der Schlüssel am Ende der Adresse steht nun in seinem eigenen Feld.</translation>
    </message>
    <message>
        <source>A key is kept. Paste another one to replace it.</source>
        <translation>Ein Schlüssel ist da. Zum Ersetzen neuen einfügen.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Station</source>
        <translation>Station</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
</context>
<context>
    <name>MultistreamDashboard</name>
    <message>
        <source>Destinations</source>
        <translation>Ziele</translation>
    </message>
    <message>
        <source>Check all</source>
        <translation>Alle prüfen</translation>
    </message>
    <message>
        <source>+ Add destination</source>
        <translation>+ Ziel hinzufügen</translation>
    </message>
    <message>
        <source>No destination yet.</source>
        <translation>Noch kein Ziel.</translation>
    </message>
    <message>
        <source>Add a platform, paste its key, and every broadcast can go there.</source>
        <translation>Plattform hinzufügen, Schlüssel einfügen, und jede Sendung kann dorthin gehen.</translation>
    </message>
    <message>
        <source>Add a destination</source>
        <translation>Ziel hinzufügen</translation>
    </message>
</context>
<context>
    <name>PlatformFacts</name>
    <message>
        <source>{fps} fps</source>
        <translation>{fps} Bilder/s</translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) at a time</source>
        <translation>
            <numerusform>%n Stunde am Stück</numerusform>
            <numerusform>%n Stunden am Stück</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PlatformHelp</name>
    <message>
        <source>Where the key is</source>
        <translation>Wo der Schlüssel steht</translation>
    </message>
    <message>
        <source>A key serves one broadcast: paste today's key each time.</source>
        <translation>Ein Schlüssel gilt für eine Sendung: jedes Mal den heutigen einfügen.</translation>
    </message>
    <message>
        <source>An address begins with rtmp:// or, encrypted, rtmps://, such as rtmps://live.example.com/app. The page or the person that gave it to you has the stream key, too.</source>
        <translation>Eine Adresse beginnt mit rtmp:// oder, verschlüsselt, rtmps://, etwa rtmps://live.example.com/app. Die Seite oder die Person, von der sie kommt, hat auch den Stream-Schlüssel.</translation>
    </message>
    <message>
        <source>Open {platform}'s page with the key</source>
        <translation>Seite von {platform} mit dem Schlüssel öffnen</translation>
    </message>
    <message>
        <source>It takes at most: {limits}.</source>
        <translation>Höchstens: {limits}.</translation>
    </message>
    <message>
        <source>Asking the server for a connection…</source>
        <translation>Der Server wird um eine Verbindung gebeten…</translation>
    </message>
    <message>
        <source>Nothing speaks against it. No key was sent, nothing was published.</source>
        <translation>Nichts spricht dagegen. Es wurde kein Schlüssel und kein Bild gesendet.</translation>
    </message>
</context>
<context>
    <name>ProfileSheet</name>
    <message>
        <source>New profile</source>
        <translation>Neues Profil</translation>
    </message>
    <message>
        <source>Edit profile</source>
        <translation>Profil bearbeiten</translation>
    </message>
    <message>
        <source>Weekly show</source>
        <translation>Wöchentliche Sendung</translation>
    </message>
    <message>
        <source>All stations</source>
        <translation>Alle Stationen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Destinations</source>
        <translation>Ziele</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Station</source>
        <translation>Station</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Really delete?</source>
        <translation>Wirklich löschen?</translation>
    </message>
</context>
<context>
    <name>ProfileTile</name>
    <message>
        <source>More for {name}</source>
        <translation>Mehr zu {name}</translation>
    </message>
    <message>
        <source>Go live with it</source>
        <translation>Damit live gehen</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Yes, delete {name}</source>
        <translation>Ja, {name} löschen</translation>
    </message>
    <message>
        <source>no destinations in it</source>
        <translation>keine Ziele darin</translation>
    </message>
</context>
<context>
    <name>ProfilesCard</name>
    <message>
        <source>Profiles</source>
        <translation>Profile</translation>
    </message>
    <message>
        <source>+ Profile</source>
        <translation>+ Profil</translation>
    </message>
    <message>
        <source>No profile yet.</source>
        <translation>Noch kein Profil.</translation>
    </message>
    <message>
        <source>A profile remembers which destinations belong to a show.</source>
        <translation>Ein Profil merkt sich, welche Ziele zu einer Sendung gehören.</translation>
    </message>
</context>
<context>
    <name>StreamCard</name>
    <message>
        <source>This stream, minute by minute</source>
        <translation>Diese Sendung, Minute für Minute</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>verbunden</translation>
    </message>
    <message>
        <source>slow or retrying</source>
        <translation>langsam oder neuer Versuch</translation>
    </message>
    <message>
        <source>down</source>
        <translation>keine Verbindung</translation>
    </message>
    <message>
        <source>Bitrate per destination</source>
        <translation>Bitrate je Ziel</translation>
    </message>
    <message>
        <source>The first figures come after a minute.</source>
        <translation>Die ersten Zahlen kommen nach einer Minute.</translation>
    </message>
    <message>
        <source>Loading the last stream…</source>
        <translation>Die letzte Sendung wird geladen …</translation>
    </message>
    <message>
        <source>The last stream, minute by minute</source>
        <translation>Die letzte Sendung, Minute für Minute</translation>
    </message>
    <message>
        <source>This stream goes to no platform.</source>
        <translation>Diese Sendung geht zu keiner Plattform.</translation>
    </message>
    <message>
        <source>No stream yet.</source>
        <translation>Noch keine Sendung.</translation>
    </message>
    <message>
        <source>Here you will see when each destination was connected, slow or down.</source>
        <translation>Hier steht, wann jedes Ziel verbunden, langsam oder ohne Verbindung war.</translation>
    </message>
</context>
</TS>
