<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>any</name>
    <message>
        <source>The recording of the broadcast that broke off is being finished.</source>
        <translation>Die Aufzeichnung der abgebrochenen Sendung wird fertiggestellt.</translation>
    </message>
    <message>
        <source>It appears among the replays by itself.</source>
        <translation>Sie erscheint von selbst bei den Replays.</translation>
    </message>
    <message>
        <source>Nothing on this system that we know of tells of its network.</source>
        <translation>Auf diesem System gibt nichts, das wir kennen, Auskunft über sein Netz.</translation>
    </message>
    <message>
        <source>Windows does not tell of its network.</source>
        <translation>Windows gibt keine Auskunft über sein Netz.</translation>
    </message>
    <message>
        <source>This is not Windows.</source>
        <translation>Das ist nicht Windows.</translation>
    </message>
    <message>
        <source>macOS does not tell of its network.</source>
        <translation>macOS gibt keine Auskunft über sein Netz.</translation>
    </message>
    <message>
        <source>No more than {n} devices can be paired.</source>
        <translation>Mehr als {n} Geräte können nicht gekoppelt werden.</translation>
    </message>
    <message>
        <source>Remove one first.</source>
        <translation>Zuerst eines entfernen.</translation>
    </message>
    <message>
        <source>No port between {first} and {last} is free.</source>
        <translation>Kein Port zwischen {first} und {last} ist frei.</translation>
    </message>
    <message>
        <source>End the programs that use them, or give another port.</source>
        <translation>Die Programme beenden, die sie benutzen, oder einen anderen Port angeben.</translation>
    </message>
    <message>
        <source>Another device may not let devices in.</source>
        <translation>Ein anderes Gerät darf keine Geräte einlassen.</translation>
    </message>
    <message>
        <source>Allow it to read or to control.</source>
        <translation>Ihm das Lesen oder das Steuern erlauben.</translation>
    </message>
    <message>
        <source>The list of paired devices cannot be saved.</source>
        <translation>Die Liste der gekoppelten Geräte kann nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>Check the disk with PowerStream's data, then try again.</source>
        <translation>Den Datenträger mit PowerStreams Daten prüfen, dann noch einmal versuchen.</translation>
    </message>
    <message>
        <source>This request is not well formed.</source>
        <translation>Diese Anfrage ist nicht wohlgeformt.</translation>
    </message>
    <message>
        <source>Send a path that begins with a slash, and each header once.</source>
        <translation>Einen Pfad senden, der mit einem Schrägstrich beginnt, und jede Kopfzeile einmal.</translation>
    </message>
    <message>
        <source>This name does not lead here.</source>
        <translation>Dieser Name führt nicht hierher.</translation>
    </message>
    <message>
        <source>Use the address that stands in service.json.</source>
        <translation>Die Adresse benutzen, die in service.json steht.</translation>
    </message>
    <message>
        <source>Web pages may not use this API.</source>
        <translation>Webseiten dürfen diese API nicht benutzen.</translation>
    </message>
    <message>
        <source>Use a program or a script on this computer.</source>
        <translation>Ein Programm oder ein Skript auf diesem Computer benutzen.</translation>
    </message>
    <message>
        <source>This needs a token.</source>
        <translation>Das braucht ein Token.</translation>
    </message>
    <message>
        <source>Send the header Authorization: Bearer with the token from service.json, or pair this device.</source>
        <translation>Die Kopfzeile Authorization: Bearer mit dem Token aus service.json senden, oder dieses Gerät koppeln.</translation>
    </message>
    <message>
        <source>Read service.json again, or pair this device again.</source>
        <translation>service.json erneut lesen, oder dieses Gerät erneut koppeln.</translation>
    </message>
    <message>
        <source>This token does not allow that.</source>
        <translation>Dieses Token erlaubt das nicht.</translation>
    </message>
    <message>
        <source>Pair this device again and allow it more.</source>
        <translation>Dieses Gerät erneut koppeln und ihm mehr erlauben.</translation>
    </message>
    <message>
        <source>Use PowerStream's window there; a paired device may look and drive.</source>
        <translation>Dort PowerStreams Fenster benutzen; ein gekoppeltes Gerät darf zusehen und steuern.</translation>
    </message>
    <message>
        <source>Changes are sent as JSON.</source>
        <translation>Änderungen werden als JSON gesendet.</translation>
    </message>
    <message>
        <source>Send the header Content-Type: application/json.</source>
        <translation>Die Kopfzeile Content-Type: application/json senden.</translation>
    </message>
    <message>
        <source>No request may hold more than {n} KiB.</source>
        <translation>Keine Anfrage darf mehr als {n} KiB enthalten.</translation>
    </message>
    <message>
        <source>Send less at a time.</source>
        <translation>Weniger auf einmal senden.</translation>
    </message>
    <message>
        <source>The rest of this request did not come in time.</source>
        <translation>Der Rest dieser Anfrage kam nicht rechtzeitig.</translation>
    </message>
    <message>
        <source>Send it again.</source>
        <translation>Erneut senden.</translation>
    </message>
    <message>
        <source>The headers of a request may not hold more than {n} KiB.</source>
        <translation>Die Kopfzeilen einer Anfrage dürfen nicht mehr als {n} KiB enthalten.</translation>
    </message>
    <message>
        <source>Send fewer of them.</source>
        <translation>Weniger davon senden.</translation>
    </message>
    <message>
        <source>This is not the code that the window shows.</source>
        <translation>Das ist nicht der Code, den das Fenster zeigt.</translation>
    </message>
    <message>
        <source>Open the pairing in the window again, and type the code while it is shown.</source>
        <translation>Die Kopplung im Fenster erneut öffnen, und den Code eingeben, solange er gezeigt wird.</translation>
    </message>
    <message>
        <source>This cannot be a device's name.</source>
        <translation>So kann kein Gerät heißen.</translation>
    </message>
    <message>
        <source>Use 1 to {n} visible characters.</source>
        <translation>1 bis {n} sichtbare Zeichen benutzen.</translation>
    </message>
    <message>
        <source>This platform is not known.</source>
        <translation>Diese Plattform ist nicht bekannt.</translation>
    </message>
    <message>
        <source>Did you mean {meant}? A server of your own is custom.</source>
        <translation>War {meant} gemeint? Ein eigener Server heißt custom.</translation>
    </message>
    <message>
        <source>No second server of {name} is known.</source>
        <translation>Von {name} ist kein zweiter Server bekannt.</translation>
    </message>
    <message>
        <source>Say its backupServerUrl, or set backupUse to off.</source>
        <translation>Seine backupServerUrl angeben, oder backupUse auf off stellen.</translation>
    </message>
    <message>
        <source>Send JSON in UTF-8.</source>
        <translation>JSON in UTF-8 senden.</translation>
    </message>
    <message>
        <source>There is nothing at this address.</source>
        <translation>Unter dieser Adresse ist nichts.</translation>
    </message>
    <message>
        <source>See /api/openapi.json.</source>
        <translation>Siehe /api/openapi.json.</translation>
    </message>
    <message>
        <source>This address does not take that method.</source>
        <translation>Diese Adresse nimmt diese Methode nicht an.</translation>
    </message>
    <message>
        <source>The body is not JSON.</source>
        <translation>Der Inhalt ist kein JSON.</translation>
    </message>
    <message>
        <source>The body is not what it should be.</source>
        <translation>Der Inhalt ist nicht, was er sein soll.</translation>
    </message>
    <message>
        <source>The body is missing.</source>
        <translation>Der Inhalt fehlt.</translation>
    </message>
    <message>
        <source>The body is not an object.</source>
        <translation>Der Inhalt ist kein Objekt.</translation>
    </message>
    <message>
        <source>Send a JSON object.</source>
        <translation>Ein JSON-Objekt senden.</translation>
    </message>
    <message>
        <source>The field {field} is missing.</source>
        <translation>Das Feld {field} fehlt.</translation>
    </message>
    <message>
        <source>The field {field} is not known here.</source>
        <translation>Das Feld {field} ist hier nicht bekannt.</translation>
    </message>
    <message>
        <source>The field {field} is not what it should be.</source>
        <translation>Das Feld {field} ist nicht, was es sein soll.</translation>
    </message>
    <message>
        <source>The query's field {field} is missing.</source>
        <translation>Das Feld {field} der Abfrage fehlt.</translation>
    </message>
    <message>
        <source>The query's field {field} is not known here.</source>
        <translation>Das Feld {field} der Abfrage ist hier nicht bekannt.</translation>
    </message>
    <message>
        <source>The query's field {field} is not what it should be.</source>
        <translation>Das Feld {field} der Abfrage ist nicht, was es sein soll.</translation>
    </message>
    <message>
        <source>The file cannot be read.</source>
        <translation>Die Datei kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Check the disk, and to whom the file belongs.</source>
        <translation>Den Datenträger prüfen, und wem die Datei gehört.</translation>
    </message>
    <message>
        <source>This replay has no picture.</source>
        <translation>Diese Aufzeichnung hat kein Bild.</translation>
    </message>
    <message>
        <source>Show its title instead.</source>
        <translation>Stattdessen den Titel zeigen.</translation>
    </message>
    <message>
        <source>The picture could not be saved.</source>
        <translation>Das Bild konnte nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>Make room on the disk, and try again.</source>
        <translation>Platz auf dem Datenträger schaffen, und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Where keys are kept is not changed here, because they must be moved.</source>
        <translation>Wo Schlüssel aufbewahrt werden, wird nicht hier geändert, denn sie müssen umziehen.</translation>
    </message>
    <message>
        <source>Send it to /api/access/secrets/place.</source>
        <translation>An /api/access/secrets/place senden.</translation>
    </message>
    <message>
        <source>This station has no picture.</source>
        <translation>Diese Station hat kein Bild.</translation>
    </message>
    <message>
        <source>Show its name instead.</source>
        <translation>Stattdessen den Namen zeigen.</translation>
    </message>
    <message>
        <source>The picture is not written in base64.</source>
        <translation>Das Bild ist nicht in Base64 geschrieben.</translation>
    </message>
    <message>
        <source>Write its file in base64.</source>
        <translation>Die Datei in Base64 schreiben.</translation>
    </message>
    <message>
        <source>This is no picture.</source>
        <translation>Das ist kein Bild.</translation>
    </message>
    <message>
        <source>Choose a JPEG or PNG file.</source>
        <translation>Eine JPEG- oder PNG-Datei auswählen.</translation>
    </message>
    <message>
        <source>The engine ended before it told which devices there are.</source>
        <translation>Die Engine endete, bevor sie sagte, welche Geräte da sind.</translation>
    </message>
    <message>
        <source>More than one {kind*} is called that.</source>
        <translation>Mehr als eines heißt so: {kind}.</translation>
    </message>
    <message>
        <source>Use its id, as GET /api/studio tells it.</source>
        <translation>Die Kennung benutzen, wie GET /api/studio sie nennt.</translation>
    </message>
    <message>
        <source>Removed from the library.</source>
        <translation>Aus der Bibliothek entfernt.</translation>
    </message>
    <message>
        <source>Removed from the library; the file stays at its place.</source>
        <translation>Aus der Bibliothek entfernt; die Datei bleibt, wo sie ist.</translation>
    </message>
    <message>
        <source>This replay has no such marker.</source>
        <translation>Diese Aufzeichnung hat keine solche Marke.</translation>
    </message>
    <message>
        <source>Reload the list of markers.</source>
        <translation>Die Liste der Marken neu laden.</translation>
    </message>
    <message>
        <source>This cannot be the stream key of a broadcast.</source>
        <translation>Das kann nicht der Stream-Schlüssel einer Sendung sein.</translation>
    </message>
    <message>
        <source>Use {least} to {most} printable characters, or leave it out.</source>
        <translation>{least} bis {most} druckbare Zeichen benutzen, oder ihn weglassen.</translation>
    </message>
    <message>
        <source>The stream key for encoders in {path} cannot be used: {reason*}.</source>
        <translation>Der Stream-Schlüssel für Encoder in {path} kann nicht benutzt werden: {reason}.</translation>
    </message>
    <message>
        <source>Free that place, or set POWERSTREAM_HOME to a folder that can be written.</source>
        <translation>Den Platz freimachen, oder POWERSTREAM_HOME auf einen Ordner setzen, in den geschrieben werden kann.</translation>
    </message>
    <message>
        <source>{path} does not hold a stream key.</source>
        <translation>{path} enthält keinen Stream-Schlüssel.</translation>
    </message>
    <message>
        <source>Delete the file, and a new key will be made.</source>
        <translation>Die Datei löschen, dann wird ein neuer Schlüssel gemacht.</translation>
    </message>
    <message>
        <source>Look whether anything of the time since then is missing.</source>
        <translation>Nachsehen, ob aus der Zeit seitdem etwas fehlt.</translation>
    </message>
    <message>
        <source>Close other programs and try again; restart the computer if it stays so.</source>
        <translation>Andere Programme schließen und noch einmal versuchen; den Computer neu starten, wenn es so bleibt.</translation>
    </message>
    <message>
        <source>The engine cannot be started.</source>
        <translation>Die Engine kann nicht gestartet werden.</translation>
    </message>
    <message>
        <source>Install the program again.</source>
        <translation>Das Programm erneut installieren.</translation>
    </message>
    <message>
        <source>Log in to a desktop with a screen and a sound system; a server needs neither.</source>
        <translation>An einem Desktop mit Bildschirm und Tonsystem anmelden; ein Server braucht beides nicht.</translation>
    </message>
    <message>
        <source>The engine did not list the devices.</source>
        <translation>Die Engine hat die Geräte nicht aufgezählt.</translation>
    </message>
    <message>
        <source>The engine ended while it listed the devices.</source>
        <translation>Die Engine endete, während sie die Geräte aufzählte.</translation>
    </message>
    <message>
        <source>A driver may hang: unplug cameras and sound devices in turn.</source>
        <translation>Vielleicht hängt ein Treiber: Kameras und Tongeräte der Reihe nach abziehen.</translation>
    </message>
    <message>
        <source>Screens: {names}; {windows*}.</source>
        <translation>Bildschirme: {names}; {windows}.</translation>
    </message>
    <message>
        <source>1 window</source>
        <translation>1 Fenster</translation>
    </message>
    <message>
        <source>{n} windows</source>
        <translation>{n} Fenster</translation>
    </message>
    <message>
        <source>No camera is plugged in.</source>
        <translation>Keine Kamera ist angesteckt.</translation>
    </message>
    <message>
        <source>No microphone is plugged in.</source>
        <translation>Kein Mikrofon ist angesteckt.</translation>
    </message>
    <message>
        <source>No loudspeaker is plugged in.</source>
        <translation>Kein Lautsprecher ist angesteckt.</translation>
    </message>
    <message>
        <source>Cameras: {names}.</source>
        <translation>Kameras: {names}.</translation>
    </message>
    <message>
        <source>Microphones: {names}.</source>
        <translation>Mikrofone: {names}.</translation>
    </message>
    <message>
        <source>Loudspeakers: {names}.</source>
        <translation>Lautsprecher: {names}.</translation>
    </message>
    <message>
        <source>Cameras: {names} and {n} more.</source>
        <translation>Kameras: {names} und {n} weitere.</translation>
    </message>
    <message>
        <source>Microphones: {names} and {n} more.</source>
        <translation>Mikrofone: {names} und {n} weitere.</translation>
    </message>
    <message>
        <source>Loudspeakers: {names} and {n} more.</source>
        <translation>Lautsprecher: {names} und {n} weitere.</translation>
    </message>
    <message>
        <source>Log out and in again. Until the keyring answers, keys are kept for a run only.</source>
        <translation>Abmelden und wieder anmelden. Bis der Schlüsselbund antwortet, bleiben Schlüssel nur bis zum Ende des Programms.</translation>
    </message>
    <message>
        <source>A driver hangs: unplug cameras and sound devices in turn.</source>
        <translation>Ein Treiber hängt: Kameras und Tongeräte der Reihe nach abziehen.</translation>
    </message>
    <message>
        <source>PowerStream Desktop {version}, Python {python}, {system}, {n} processors.</source>
        <translation>PowerStream Desktop {version}, Python {python}, {system}, {n} Prozessoren.</translation>
    </message>
    <message>
        <source>Encoders that work: {names}.</source>
        <translation>Encoder, die funktionieren: {names}.</translation>
    </message>
    <message>
        <source>It is not there.</source>
        <translation>Er ist nicht da.</translation>
    </message>
    <message>
        <source>This computer is too slow to encode even 1280x720 with 30 frames a second now.</source>
        <translation>Dieser Computer ist jetzt zu langsam, um auch nur 1280x720 mit 30 Bildern je Sekunde zu kodieren.</translation>
    </message>
    <message>
        <source>Close other programs and try again, or use a graphics card that encodes.</source>
        <translation>Andere Programme schließen und noch einmal versuchen, oder eine Grafikkarte benutzen, die kodiert.</translation>
    </message>
    <message>
        <source>{encoder} holds up to {size} with {fps} frames a second ({share} of the processor).</source>
        <translation>{encoder} schafft bis zu {size} mit {fps} Bildern je Sekunde ({share} des Prozessors).</translation>
    </message>
    <message>
        <source>The encoder {name} does not work: {why*}</source>
        <translation>Der Encoder {name} funktioniert nicht: {why}</translation>
    </message>
    <message>
        <source>Nobody knows whether the encoder {name} works: {why*}</source>
        <translation>Ob der Encoder {name} funktioniert, weiß niemand: {why}</translation>
    </message>
    <message>
        <source>The computer or its disk is too slow now. Close other programs and check again.</source>
        <translation>Der Computer oder seine Platte ist gerade zu langsam. Andere Programme schließen und erneut prüfen.</translation>
    </message>
    <message>
        <source>Its driver hangs, or the computer is too slow now. Close other programs and check again.</source>
        <translation>Sein Treiber hängt, oder der Computer ist gerade zu langsam. Andere Programme schließen und erneut prüfen.</translation>
    </message>
    <message>
        <source>Install the program again: without it nothing can be broadcast.</source>
        <translation>Das Programm erneut installieren: ohne ihn kann nichts gesendet werden.</translation>
    </message>
    <message>
        <source>It is never chosen by itself. Update the graphics driver if you want it.</source>
        <translation>Er wird nie von selbst gewählt. Wer ihn haben will, bringt den Grafiktreiber auf den neuesten Stand.</translation>
    </message>
    <message>
        <source>There was no answer within {n} seconds.</source>
        <translation>Binnen {n} Sekunden kam keine Antwort.</translation>
    </message>
    <message>
        <source>Looking failed with {error}.</source>
        <translation>Das Nachsehen schlug fehl: {error}.</translation>
    </message>
    <message>
        <source>Please report this.</source>
        <translation>Bitte melden.</translation>
    </message>
    <message>
        <source>All folders are private and can be written.</source>
        <translation>Alle Ordner sind privat und beschreibbar.</translation>
    </message>
    <message>
        <source>{size} are free for recordings in {folder}: {hours} hours at {rate} Mbit/s.</source>
        <translation>{size#} sind frei für Aufzeichnungen in {folder}: {hours#} Stunden bei {rate} Mbit/s.</translation>
    </message>
    <message>
        <source>Free some room, or record to another disk.</source>
        <translation>Platz schaffen, oder auf einen anderen Datenträger aufzeichnen.</translation>
    </message>
    <message>
        <source>Other users of this computer may look into the {name*} folder {folder}.</source>
        <translation>Andere Benutzer dieses Computers können in den Ordner {folder} ({name}) sehen.</translation>
    </message>
    <message>
        <source>settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>run-time</source>
        <translation>Laufzeit</translation>
    </message>
    <message>
        <source>library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be written: {reason*}.</source>
        <translation>In den Ordner {folder} kann nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <source>it is a file</source>
        <translation>es ist eine Datei</translation>
    </message>
    <message>
        <source>the disk refuses</source>
        <translation>der Datenträger verweigert es</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>kein Platz mehr auf dem Datenträger</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>keine Berechtigung</translation>
    </message>
    <message>
        <source>Operation not permitted</source>
        <translation>nicht erlaubt</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>nur lesbarer Datenträger</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>Datei oder Ordner gibt es nicht</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>es ist ein Ordner</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>es ist kein Ordner</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>Ein-/Ausgabefehler</translation>
    </message>
    <message>
        <source>Address already in use</source>
        <translation>die Adresse ist schon in Gebrauch</translation>
    </message>
    <message>
        <source>Disk quota exceeded</source>
        <translation>das Kontingent ist erschöpft</translation>
    </message>
    <message>
        <source>Too many open files</source>
        <translation>zu viele offene Dateien</translation>
    </message>
    <message>
        <source>Cannot allocate memory</source>
        <translation>kein Speicher mehr frei</translation>
    </message>
    <message>
        <source>Give this user the right to write there, or free some room.</source>
        <translation>Diesem Benutzer dort das Schreiben erlauben, oder Platz schaffen.</translation>
    </message>
    <message>
        <source>Port {port} for {use*} is free.</source>
        <translation>Port {port} für {use} ist frei.</translation>
    </message>
    <message>
        <source>Port {port} for {use*} is taken {by*}.</source>
        <translation>Port {port} für {use} ist belegt {by}.</translation>
    </message>
    <message>
        <source>by another program</source>
        <translation>von einem anderen Programm</translation>
    </message>
    <message>
        <source>by {holder}</source>
        <translation>von {holder}</translation>
    </message>
    <message>
        <source>The next free port is used instead; end that program if you need this one.</source>
        <translation>Stattdessen wird der nächste freie Port benutzt; wer diesen braucht, beendet jenes Programm.</translation>
    </message>
    <message>
        <source>{n} certificate authorities are trusted, loaded in {took} ms.</source>
        <translation>{n} Zertifizierungsstellen wird vertraut, geladen in {took} ms.</translation>
    </message>
    <message>
        <source>Certificate authorities are looked up in the system's folder when they are needed.</source>
        <translation>Zertifizierungsstellen werden im Ordner des Systems nachgeschlagen, wenn sie gebraucht werden.</translation>
    </message>
    <message>
        <source>Only {n} certificate authorities are trusted: platforms cannot be told from impostors.</source>
        <translation>Nur {n} Zertifizierungsstellen wird vertraut: Plattformen sind von Betrügern nicht zu unterscheiden.</translation>
    </message>
    <message>
        <source>Install the system's certificates (Debian and Ubuntu: apt install ca-certificates).</source>
        <translation>Die Zertifikate des Systems installieren (Debian und Ubuntu: apt install ca-certificates).</translation>
    </message>
    <message>
        <source>Stream keys can be kept in {name}.</source>
        <translation>Stream-Schlüssel können in {name} aufbewahrt werden.</translation>
    </message>
    <message>
        <source>Stream keys can be kept in {name}, which will ask for its password.</source>
        <translation>Stream-Schlüssel können in {name} aufbewahrt werden, das nach seinem Passwort fragen wird.</translation>
    </message>
    <message>
        <source>There is no keyring to keep stream keys in.</source>
        <translation>Es gibt keinen Schlüsselbund, in dem Stream-Schlüssel aufbewahrt werden könnten.</translation>
    </message>
    <message>
        <source>Log in to a desktop, or install gnome-keyring or KWallet. Until then keys are kept for a run only.</source>
        <translation>An einem Desktop anmelden, oder gnome-keyring oder KWallet installieren. Bis dahin bleiben Schlüssel nur bis zum Ende des Programms.</translation>
    </message>
    <message>
        <source>{n} programs listen already.</source>
        <translation>{n} Programme hören schon zu.</translation>
    </message>
    <message>
        <source>Close a window or a script that listens.</source>
        <translation>Ein Fenster oder ein Skript schließen, das zuhört.</translation>
    </message>
    <message>
        <source>The service died {n} times within {within} s and is not started again.</source>
        <translation>Der Dienst ist binnen {within} s {n}-mal abgestürzt und wird nicht wieder gestartet.</translation>
    </message>
    <message>
        <source>The service cannot be started: {reason*}.</source>
        <translation>Der Dienst kann nicht gestartet werden: {reason}.</translation>
    </message>
    <message>
        <source>Free memory or processes, and try again.</source>
        <translation>Speicher oder Prozesse freimachen, und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The certificate {path} cannot be used: {why*}.</source>
        <translation>Das Zertifikat {path} kann nicht benutzt werden: {why}.</translation>
    </message>
    <message>
        <source>it is not this user's alone</source>
        <translation>es gehört nicht diesem Benutzer allein</translation>
    </message>
    <message>
        <source>it is no file</source>
        <translation>es ist keine Datei</translation>
    </message>
    <message>
        <source>it is damaged</source>
        <translation>sie ist beschädigt</translation>
    </message>
    <message>
        <source>Delete it to have a new one made; devices that were paired must compare its fingerprint anew.</source>
        <translation>Löschen, damit ein neues gemacht wird; gekoppelte Geräte müssen den Fingerabdruck neu vergleichen.</translation>
    </message>
    <message>
        <source>This computer's addresses cannot be found out.</source>
        <translation>Die Adressen dieses Computers sind nicht herauszufinden.</translation>
    </message>
    <message>
        <source>Close other programs, and try again.</source>
        <translation>Andere Programme schließen, und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>{path} cannot be read.</source>
        <translation>{path} kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Give yourself the right to read it.</source>
        <translation>Sich das Leserecht dafür geben.</translation>
    </message>
    <message>
        <source>{path} cannot be written.</source>
        <translation>{path} kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>Make room there, or give yourself the right to write.</source>
        <translation>Dort Platz schaffen, oder sich das Schreibrecht geben.</translation>
    </message>
    <message>
        <source>The key cannot be renewed while an encoder may be using it.</source>
        <translation>Der Schlüssel kann nicht erneuert werden, solange ein Encoder ihn benutzen könnte.</translation>
    </message>
    <message>
        <source>There are stored keys already.</source>
        <translation>Es gibt schon gespeicherte Schlüssel.</translation>
    </message>
    <message>
        <source>Unlock them with their passphrase.</source>
        <translation>Sie mit ihrer Passphrase entsperren.</translation>
    </message>
    <message>
        <source>A passphrase needs at least {n} characters.</source>
        <translation>Eine Passphrase braucht mindestens {n} Zeichen.</translation>
    </message>
    <message>
        <source>Four or five unrelated words are easy to remember and hard to guess.</source>
        <translation>Vier oder fünf Wörter, die nichts miteinander zu tun haben, sind leicht zu merken und schwer zu erraten.</translation>
    </message>
    <message>
        <source>A sealed file needs a passphrase.</source>
        <translation>Eine versiegelte Datei braucht eine Passphrase.</translation>
    </message>
    <message>
        <source>Send one; four or five unrelated words are good.</source>
        <translation>Eine senden; vier oder fünf Wörter, die nichts miteinander zu tun haben, sind gut.</translation>
    </message>
    <message>
        <source>Delete the key instead.</source>
        <translation>Stattdessen den Schlüssel löschen.</translation>
    </message>
    <message>
        <source>The keys are not kept in a sealed file.</source>
        <translation>Die Schlüssel liegen nicht in einer versiegelten Datei.</translation>
    </message>
    <message>
        <source>No passphrase is needed.</source>
        <translation>Es braucht keine Passphrase.</translation>
    </message>
    <message>
        <source>The stored keys in {path} are damaged.</source>
        <translation>Die gespeicherten Schlüssel in {path} sind beschädigt.</translation>
    </message>
    <message>
        <source>Bring the file back from a backup, or enter the keys again.</source>
        <translation>Die Datei aus einer Sicherung zurückholen, oder die Schlüssel erneut eingeben.</translation>
    </message>
    <message>
        <source>The stored keys in {path} were written by a newer version of PowerStream.</source>
        <translation>Die gespeicherten Schlüssel in {path} stammen von einer neueren Version von PowerStream.</translation>
    </message>
    <message>
        <source>Install that version again.</source>
        <translation>Jene Version wieder installieren.</translation>
    </message>
    <message>
        <source>Keys cannot be stored in {path}: {reason*}.</source>
        <translation>In {path} können keine Schlüssel gespeichert werden: {reason}.</translation>
    </message>
    <message>
        <source>A key came back from {place} other than it went in; all keys stay where they were.</source>
        <translation>Ein Schlüssel kam aus {place} anders zurück, als er hineinging; alle Schlüssel bleiben, wo sie waren.</translation>
    </message>
    <message>
        <source>Choose another place, or try again.</source>
        <translation>Einen anderen Ort wählen, oder noch einmal versuchen.</translation>
    </message>
    <message>
        <source>PowerStream runs already.</source>
        <translation>PowerStream läuft schon.</translation>
    </message>
    <message>
        <source>PowerStream runs already {where*}.</source>
        <translation>PowerStream läuft schon {where}.</translation>
    </message>
    <message>
        <source>Use that one, or end it first; POWERSTREAM_HOME makes room for another.</source>
        <translation>Jenes benutzen, oder es zuerst beenden; POWERSTREAM_HOME schafft Platz für ein weiteres.</translation>
    </message>
    <message>
        <source>{value} is used instead.</source>
        <translation>Stattdessen wird {value} benutzt.</translation>
    </message>
    <message>
        <source>The usual values for video are used instead.</source>
        <translation>Stattdessen werden die üblichen Werte für Video benutzt.</translation>
    </message>
    <message>
        <source>There is no setting called {name}.</source>
        <translation>Es gibt keine Einstellung namens {name}.</translation>
    </message>
    <message>
        <source>The list of all settings names them.</source>
        <translation>Die Liste aller Einstellungen nennt sie.</translation>
    </message>
    <message>
        <source>Correct its name, or delete it. A newer version of PowerStream may know it.</source>
        <translation>Den Namen berichtigen, oder sie löschen. Eine neuere Version von PowerStream kennt sie vielleicht.</translation>
    </message>
    <message>
        <source>Set it anew.</source>
        <translation>Neu einstellen.</translation>
    </message>
    <message>
        <source>settings.toml: {name} is not known; it stays in the file.</source>
        <translation>settings.toml: {name} ist nicht bekannt; es bleibt in der Datei.</translation>
    </message>
    <message>
        <source>settings.toml: The setting {name} must be a whole number from {lowest} to {highest}.</source>
        <translation>settings.toml: Die Einstellung {name} muss eine ganze Zahl von {lowest} bis {highest} sein.</translation>
    </message>
    <message>
        <source>settings.toml: The setting {name} must look like {example}.</source>
        <translation>settings.toml: Die Einstellung {name} muss aussehen wie {example}.</translation>
    </message>
    <message>
        <source>settings.toml: The setting {name} must be one of {choices}.</source>
        <translation>settings.toml: Die Einstellung {name} muss eines von {choices} sein.</translation>
    </message>
    <message>
        <source>settings.toml: The setting {name} must be true or false.</source>
        <translation>settings.toml: Die Einstellung {name} muss wahr oder falsch sein.</translation>
    </message>
    <message>
        <source>settings.toml: The setting {name} must be the full path of a folder.</source>
        <translation>settings.toml: Die Einstellung {name} muss der volle Pfad eines Ordners sein.</translation>
    </message>
    <message>
        <source>settings.toml: The setting {name} must be a key with Ctrl, Alt or Meta, such as Ctrl+Alt+M.</source>
        <translation>settings.toml: Die Einstellung {name} muss eine Taste mit Strg, Alt oder Meta sein, etwa Ctrl+Alt+M.</translation>
    </message>
    <message>
        <source>{path} was edited and cannot be read any more: {why}.</source>
        <translation>{path} wurde bearbeitet und kann nicht mehr gelesen werden: {why}.</translation>
    </message>
    <message>
        <source>Correct or delete it; nothing was changed.</source>
        <translation>Berichtigen oder löschen; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>The settings cannot be saved in {path}: {reason*}.</source>
        <translation>Die Einstellungen können in {path} nicht gespeichert werden: {reason}.</translation>
    </message>
    <message>
        <source>Make room there, or give yourself the right to write; nothing was changed.</source>
        <translation>Dort Platz schaffen, oder sich das Schreibrecht geben; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>{path} is damaged ({why}); the usual settings are used.</source>
        <translation>{path} ist beschädigt ({why}); die üblichen Einstellungen werden benutzt.</translation>
    </message>
    <message>
        <source>The damaged file is kept as {name}. Correct it and bring it back, or choose the settings anew.</source>
        <translation>Die beschädigte Datei ist als {name} aufgehoben. Sie berichtigen und zurücklegen, oder die Einstellungen neu wählen.</translation>
    </message>
    <message>
        <source>{path} cannot be used: {reason*}; the usual settings are used.</source>
        <translation>{path} kann nicht benutzt werden: {reason}; die üblichen Einstellungen werden benutzt.</translation>
    </message>
    <message>
        <source>Give yourself the right to read it; until then no setting can be saved.</source>
        <translation>Sich das Leserecht dafür geben; bis dahin kann keine Einstellung gespeichert werden.</translation>
    </message>
    <message>
        <source>Nothing on this system keeps it awake.</source>
        <translation>Nichts auf diesem System hält es wach.</translation>
    </message>
    <message>
        <source>A broadcast is live.</source>
        <translation>Eine Sendung läuft.</translation>
    </message>
    <message>
        <source>This system has no way to be kept awake that we know of.</source>
        <translation>Wir kennen keinen Weg, dieses System wach zu halten.</translation>
    </message>
    <message>
        <source>Windows does not promise to stay awake.</source>
        <translation>Windows verspricht nicht, wach zu bleiben.</translation>
    </message>
    <message>
        <source>PowerStream's data folder cannot be used.</source>
        <translation>PowerStreams Datenordner kann nicht benutzt werden.</translation>
    </message>
    <message>
        <source>Make sure that the folder belongs to you and that the disk has some space.</source>
        <translation>Dafür sorgen, dass der Ordner diesem Benutzer gehört und der Datenträger Platz hat.</translation>
    </message>
    <message>
        <source>This disk cannot hold PowerStream's data.</source>
        <translation>Dieser Datenträger kann PowerStreams Daten nicht aufnehmen.</translation>
    </message>
    <message>
        <source>The file in the place of PowerStream's data belongs to another program.</source>
        <translation>Die Datei am Ort von PowerStreams Daten gehört einem anderen Programm.</translation>
    </message>
    <message>
        <source>Move it elsewhere; nothing in it was changed.</source>
        <translation>Sie woandershin legen; nichts darin wurde geändert.</translation>
    </message>
    <message>
        <source>PowerStream's data was written by a newer version (format {number}; this one knows {known}).</source>
        <translation>PowerStreams Daten stammen von einer neueren Version (Format {number}; diese kennt {known}).</translation>
    </message>
    <message>
        <source>Install the newer version. Nothing was changed.</source>
        <translation>Die neuere Version installieren. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>PowerStream's data could not be brought to the format of this version.</source>
        <translation>PowerStreams Daten konnten nicht in das Format dieser Version gebracht werden.</translation>
    </message>
    <message>
        <source>Go on with the version used before, and report this; nothing was changed.</source>
        <translation>Mit der Version von vorher weiterarbeiten, und dies melden; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>There is an endpoint with this id already.</source>
        <translation>Es gibt schon ein Ziel mit dieser Kennung.</translation>
    </message>
    <message>
        <source>Change that one, or use another id.</source>
        <translation>Jenes ändern, oder eine andere Kennung benutzen.</translation>
    </message>
    <message>
        <source>Cut it behind the application; what follows belongs to the stream key.</source>
        <translation>Hinter der Anwendung abschneiden; was folgt, gehört zum Stream-Schlüssel.</translation>
    </message>
    <message>
        <source>This is not an identifier.</source>
        <translation>Das ist keine Kennung.</translation>
    </message>
    <message>
        <source>Use 1 to 64 letters, digits, hyphens and underscores; a ULID or UUID is best.</source>
        <translation>1 bis 64 Buchstaben, Ziffern, Bindestriche und Unterstriche benutzen; am besten eine ULID oder UUID.</translation>
    </message>
    <message>
        <source>There is a marker with this id already.</source>
        <translation>Es gibt schon eine Marke mit dieser Kennung.</translation>
    </message>
    <message>
        <source>Use another id.</source>
        <translation>Eine andere Kennung benutzen.</translation>
    </message>
    <message>
        <source>A marker needs a moment of a session or of a replay.</source>
        <translation>Eine Marke braucht einen Augenblick einer Sendung oder einer Aufzeichnung.</translation>
    </message>
    <message>
        <source>Say which one.</source>
        <translation>Sagen, welchen.</translation>
    </message>
    <message>
        <source>There is no such marker.</source>
        <translation>Diese Marke gibt es nicht.</translation>
    </message>
    <message>
        <source>This date cannot be right.</source>
        <translation>Dieses Datum kann nicht stimmen.</translation>
    </message>
    <message>
        <source>Give a date between 1970 and 2199.</source>
        <translation>Ein Datum zwischen 1970 und 2199 angeben.</translation>
    </message>
    <message>
        <source>PowerStream's data is missing.</source>
        <translation>PowerStreams Daten fehlen.</translation>
    </message>
    <message>
        <source>There is no good backup.</source>
        <translation>Es gibt keine gute Sicherung.</translation>
    </message>
    <message>
        <source>Nothing was changed. To begin anew, move {path} elsewhere, and {backups} with it.</source>
        <translation>Nichts wurde geändert. Um neu zu beginnen, {path} woandershin legen, und {backups} mit.</translation>
    </message>
    <message>
        <source>This Python brings SQLite {version}, which is too old.</source>
        <translation>Dieses Python bringt SQLite {version} mit, das zu alt ist.</translation>
    </message>
    <message>
        <source>Install a Python with SQLite {version} or newer.</source>
        <translation>Ein Python mit SQLite {version} oder neuer installieren.</translation>
    </message>
    <message>
        <source>A page cannot have {n} entries.</source>
        <translation>Eine Seite kann nicht {n} Einträge haben.</translation>
    </message>
    <message>
        <source>Ask for 1 to {most}.</source>
        <translation>Um 1 bis {most} bitten.</translation>
    </message>
    <message>
        <source>This is not a place in the list.</source>
        <translation>Das ist keine Stelle in der Liste.</translation>
    </message>
    <message>
        <source>Begin again with the first page.</source>
        <translation>Wieder mit der ersten Seite beginnen.</translation>
    </message>
    <message>
        <source>Too many items have exactly the same time.</source>
        <translation>Zu viele Einträge haben genau dieselbe Zeit.</translation>
    </message>
    <message>
        <source>Give them different times.</source>
        <translation>Ihnen verschiedene Zeiten geben.</translation>
    </message>
    <message>
        <source>There is a profile with this id already.</source>
        <translation>Es gibt schon ein Profil mit dieser Kennung.</translation>
    </message>
    <message>
        <source>There is a session with this id already.</source>
        <translation>Es gibt schon eine Sendung mit dieser Kennung.</translation>
    </message>
    <message>
        <source>This broadcast was not interrupted.</source>
        <translation>Diese Sendung wurde nicht unterbrochen.</translation>
    </message>
    <message>
        <source>There is a station with this id already.</source>
        <translation>Es gibt schon eine Station mit dieser Kennung.</translation>
    </message>
    <message>
        <source>PowerStream's data is closed.</source>
        <translation>PowerStreams Daten sind geschlossen.</translation>
    </message>
    <message>
        <source>Start PowerStream again.</source>
        <translation>PowerStream erneut starten.</translation>
    </message>
    <message>
        <source>PowerStream's data does not keep up.</source>
        <translation>PowerStreams Daten kommen nicht nach.</translation>
    </message>
    <message>
        <source>Check the disk.</source>
        <translation>Den Datenträger prüfen.</translation>
    </message>
    <message>
        <source>The disk with PowerStream's data does not answer.</source>
        <translation>Der Datenträger mit PowerStreams Daten antwortet nicht.</translation>
    </message>
    <message>
        <source>Check the disk. What you asked for may still be done.</source>
        <translation>Den Datenträger prüfen. Was verlangt wurde, geschieht vielleicht noch.</translation>
    </message>
    <message>
        <source>Make the data folder and its files writable for you, and the disk if it is read-only.</source>
        <translation>Den Datenordner und seine Dateien für diesen Benutzer beschreibbar machen, und den Datenträger, wenn er nur lesbar ist.</translation>
    </message>
    <message>
        <source>PowerStream's data cannot be opened.</source>
        <translation>PowerStreams Daten können nicht geöffnet werden.</translation>
    </message>
    <message>
        <source>Make sure that the data folder exists and belongs to you.</source>
        <translation>Dafür sorgen, dass es den Datenordner gibt und er diesem Benutzer gehört.</translation>
    </message>
    <message>
        <source>PowerStream's data may not be opened.</source>
        <translation>PowerStreams Daten dürfen nicht geöffnet werden.</translation>
    </message>
    <message>
        <source>Make sure that the data folder belongs to you.</source>
        <translation>Dafür sorgen, dass der Datenordner diesem Benutzer gehört.</translation>
    </message>
    <message>
        <source>Another program is using PowerStream's data.</source>
        <translation>Ein anderes Programm benutzt PowerStreams Daten.</translation>
    </message>
    <message>
        <source>Close the other PowerStream, or wait for the backup program that reads it.</source>
        <translation>Das andere PowerStream schließen, oder auf das Sicherungsprogramm warten, das sie liest.</translation>
    </message>
    <message>
        <source>The disk reports a fault at PowerStream's data.</source>
        <translation>Der Datenträger meldet einen Fehler bei PowerStreams Daten.</translation>
    </message>
    <message>
        <source>PowerStream's data is damaged.</source>
        <translation>PowerStreams Daten sind beschädigt.</translation>
    </message>
    <message>
        <source>Start PowerStream again: it then restores the newest good backup, and keeps the damaged data aside.</source>
        <translation>PowerStream erneut starten: es stellt dann die neueste gute Sicherung wieder her, und hebt die beschädigten Daten auf.</translation>
    </message>
    <message>
        <source>A number is too large to be saved.</source>
        <translation>Eine Zahl ist zu groß, um gespeichert zu werden.</translation>
    </message>
    <message>
        <source>Use a smaller one.</source>
        <translation>Eine kleinere benutzen.</translation>
    </message>
    <message>
        <source>A text holds characters that are none.</source>
        <translation>Ein Text enthält Zeichen, die keine sind.</translation>
    </message>
    <message>
        <source>Type it again.</source>
        <translation>Erneut eingeben.</translation>
    </message>
    <message>
        <source>What this refers to does not exist any more.</source>
        <translation>Worauf sich das bezieht, gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>There is one of these already.</source>
        <translation>Davon gibt es schon eines.</translation>
    </message>
    <message>
        <source>Choose another one.</source>
        <translation>Ein anderes wählen.</translation>
    </message>
    <message>
        <source>This endpoint is no destination of this session.</source>
        <translation>Dieser Eintrag ist kein Ziel dieser Sendung.</translation>
    </message>
    <message>
        <source>The engine is not started any more.</source>
        <translation>Die Engine wird nicht mehr gestartet.</translation>
    </message>
    <message>
        <source>The engine is told that by a broadcast only.</source>
        <translation>Das sagt der Engine nur eine Sendung.</translation>
    </message>
    <message>
        <source>Begin, change or end the broadcast.</source>
        <translation>Die Sendung beginnen, ändern oder beenden.</translation>
    </message>
    <message>
        <source>external encoders</source>
        <translation>externe Encoder</translation>
    </message>
    <message>
        <source>the window and scripts</source>
        <translation>das Fenster und Skripte</translation>
    </message>
    <message>
        <source>at {url}</source>
        <translation>unter {url}</translation>
    </message>
    <message>
        <source>days</source>
        <translation>Tage</translation>
    </message>
    <message>
        <source>frames/s</source>
        <translation>Bilder/s</translation>
    </message>
    <message>
        <source>d</source>
        <translation>Tage</translation>
    </message>
    <message>
        <source>This cannot be taken back here.</source>
        <translation>Das kann hier nicht zurückgenommen werden.</translation>
    </message>
    <message>
        <source>Edit the replay instead.</source>
        <translation>Stattdessen die Aufzeichnung bearbeiten.</translation>
    </message>
    <message>
        <source>Too many of these wait.</source>
        <translation>Davon warten zu viele.</translation>
    </message>
    <message>
        <source>Nothing can be freed.</source>
        <translation>Es gibt nichts freizugeben.</translation>
    </message>
    <message>
        <source>This replay has no verified copy in the cloud that all computers know of.</source>
        <translation>Diese Aufzeichnung hat in der Cloud keine geprüfte Kopie, von der alle Computer wissen.</translation>
    </message>
    <message>
        <source>Not all computers know of this replay's copy yet.</source>
        <translation>Noch nicht alle Computer wissen von der Kopie dieser Aufzeichnung.</translation>
    </message>
    <message>
        <source>Upload it, and wait until it is in the cloud.</source>
        <translation>Sie hochladen, und warten, bis sie in der Cloud ist.</translation>
    </message>
    <message>
        <source>This replay is pinned.</source>
        <translation>Diese Aufzeichnung ist angeheftet.</translation>
    </message>
    <message>
        <source>Unpin it first.</source>
        <translation>Zuerst lösen.</translation>
    </message>
    <message>
        <source>This replay is being worked on.</source>
        <translation>An dieser Aufzeichnung wird gearbeitet.</translation>
    </message>
    <message>
        <source>Wait until that is done.</source>
        <translation>Warten, bis das fertig ist.</translation>
    </message>
    <message>
        <source>The cloud does not say that it has this replay.</source>
        <translation>Die Cloud sagt nicht, dass sie diese Aufzeichnung hat.</translation>
    </message>
    <message>
        <source>Synchronise, then try again.</source>
        <translation>Abgleichen, dann noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The file is not the one that was uploaded: it was changed since.</source>
        <translation>Die Datei ist nicht die, die hochgeladen wurde: sie wurde seither verändert.</translation>
    </message>
    <message>
        <source>It stays. Look at both, in the cloud and here.</source>
        <translation>Sie bleibt. Beide ansehen, in der Cloud und hier.</translation>
    </message>
    <message>
        <source>The copy in the cloud is not good: {why*}</source>
        <translation>Die Kopie in der Cloud ist nicht gut: {why*}</translation>
    </message>
    <message>
        <source>The copy is not there.</source>
        <translation>Die Kopie ist nicht da.</translation>
    </message>
    <message>
        <source>The file stays. Upload the replay again.</source>
        <translation>Die Datei bleibt. Die Aufzeichnung noch einmal hochladen.</translation>
    </message>
    <message>
        <source>The replay has changed meanwhile.</source>
        <translation>Die Aufzeichnung hat sich inzwischen verändert.</translation>
    </message>
    <message>
        <source>{name} cannot be renamed: another file is called {other}.</source>
        <translation>{name} kann nicht umbenannt werden: Eine andere Datei heißt schon {other}.</translation>
    </message>
    <message>
        <source>Rename that one, then try again.</source>
        <translation>Benenne diese um und versuche es noch einmal.</translation>
    </message>
    <message>
        <source>{name} cannot be renamed.</source>
        <translation>{name} kann nicht umbenannt werden.</translation>
    </message>
    <message>
        <source>Close what has it open.</source>
        <translation>Schließen, was sie geöffnet hat.</translation>
    </message>
    <message>
        <source>{name} cannot be removed.</source>
        <translation>{name} kann nicht entfernt werden.</translation>
    </message>
    <message>
        <source>It stays. Look whether its folder may be written to, then try again.</source>
        <translation>Sie bleibt. Nachsehen, ob in ihren Ordner geschrieben werden darf, dann noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The file of this replay is on this computer.</source>
        <translation>Die Datei dieser Aufzeichnung ist auf diesem Computer.</translation>
    </message>
    <message>
        <source>Play it.</source>
        <translation>Sie abspielen.</translation>
    </message>
    <message>
        <source>There is no copy of this replay in the cloud.</source>
        <translation>In der Cloud gibt es keine Kopie dieser Aufzeichnung.</translation>
    </message>
    <message>
        <source>Look where it was recorded.</source>
        <translation>Auf dem Computer nachsehen, der sie aufgezeichnet hat.</translation>
    </message>
    <message>
        <source>The folder of recordings cannot be used.</source>
        <translation>Der Ordner für Aufzeichnungen kann nicht benutzt werden.</translation>
    </message>
    <message>
        <source>Choose another.</source>
        <translation>Einen anderen wählen.</translation>
    </message>
    <message>
        <source>There are too many files of this replay.</source>
        <translation>Von dieser Aufzeichnung gibt es zu viele Dateien.</translation>
    </message>
    <message>
        <source>Remove those that are not needed.</source>
        <translation>Entfernen, was nicht gebraucht wird.</translation>
    </message>
    <message>
        <source>The cloud store is empty, though replays were there. Is it another one? Put everything there anew?</source>
        <translation>Der Cloud-Speicher ist leer, obwohl Aufzeichnungen dort waren. Ist es ein anderer? Alles neu dorthin bringen?</translation>
    </message>
    <message>
        <source>Many replays are missing in the cloud that nobody has deleted. Put them there again?</source>
        <translation>In der Cloud fehlen viele Aufzeichnungen, die niemand gelöscht hat. Sie wieder dorthin bringen?</translation>
    </message>
    <message>
        <source>Many replays that were removed here would be removed on all computers. Remove them?</source>
        <translation>Viele Aufzeichnungen, die hier entfernt wurden, würden auf allen Computern entfernt. Sie entfernen?</translation>
    </message>
    <message>
        <source>Many replays would be changed or removed here by other computers. Let them?</source>
        <translation>Viele Aufzeichnungen würden hier durch andere Computer geändert oder entfernt. Das zulassen?</translation>
    </message>
    <message>
        <source>The cloud store lists more replays than can be. Look whether it is the right one.</source>
        <translation>Der Cloud-Speicher nennt mehr Aufzeichnungen, als es geben kann. Nachsehen, ob es der richtige ist.</translation>
    </message>
    <message>
        <source>No store was chosen.</source>
        <translation>Es wurde kein Speicher gewählt.</translation>
    </message>
    <message>
        <source>Choose one in the settings of the cloud.</source>
        <translation>Einen in den Einstellungen der Cloud wählen.</translation>
    </message>
    <message>
        <source>Say which kind it is: s3 or folder.</source>
        <translation>Angeben, welche Art es ist: s3 oder folder.</translation>
    </message>
    <message>
        <source>The store's access key is missing.</source>
        <translation>Der Zugangsschlüssel des Speichers fehlt.</translation>
    </message>
    <message>
        <source>Enter it in the settings of the cloud.</source>
        <translation>Ihn in den Einstellungen der Cloud eingeben.</translation>
    </message>
    <message>
        <source>This upload is just being given up.</source>
        <translation>Dieses Hochladen wird gerade abgebrochen.</translation>
    </message>
    <message>
        <source>This replay is not in the queue.</source>
        <translation>Diese Aufzeichnung steht nicht in der Warteschlange.</translation>
    </message>
    <message>
        <source>Upload it first.</source>
        <translation>Sie zuerst hochladen.</translation>
    </message>
    <message>
        <source>This replay has no finished file on this computer.</source>
        <translation>Diese Aufzeichnung hat keine fertige Datei auf diesem Computer.</translation>
    </message>
    <message>
        <source>Upload it where it was recorded.</source>
        <translation>Sie auf dem Computer hochladen, der sie aufgezeichnet hat.</translation>
    </message>
</context>
</TS>
