<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>AssetCard</name>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
</context>
<context>
    <name>AssetSheet</name>
    <message>
        <source>Edit details</source>
        <translation>Angaben ändern</translation>
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
        <source>Station</source>
        <translation>Station</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>No station</source>
        <translation>Keine Station</translation>
    </message>
    <message>
        <source>Give it a title.</source>
        <translation>Einen Titel eingeben.</translation>
    </message>
    <message>
        <source>At most {most} characters.</source>
        <translation>Höchstens {most} Zeichen.</translation>
    </message>
</context>
<context>
    <name>CardMenu</name>
    <message>
        <source>Replay</source>
        <translation>Aufzeichnung</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Edit details</source>
        <translation>Angaben ändern</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>Move to bin</source>
        <translation>In den Papierkorb</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Lösen</translation>
    </message>
</context>
<context>
    <name>ChoiceBar</name>
    <message>
        <source>Pin</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>To station…</source>
        <translation>Zur Station…</translation>
    </message>
    <message>
        <source>Move to bin</source>
        <translation>In den Papierkorb</translation>
    </message>
    <message>
        <source>Choose none</source>
        <translation>Auswahl aufheben</translation>
    </message>
    <message numerus="yes">
        <source>%n chosen</source>
        <translation>
            <numerusform>%n gewählt</numerusform>
            <numerusform>%n gewählt</numerusform>
        </translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Lösen</translation>
    </message>
</context>
<context>
    <name>Cloud</name>
    <message>
        <source>Upload</source>
        <translation>Hochladen</translation>
    </message>
    <message>
        <source>Cancel the upload</source>
        <translation>Hochladen abbrechen</translation>
    </message>
    <message>
        <source>Upload first</source>
        <translation>Zuerst hochladen</translation>
    </message>
    <message>
        <source>Remove from this computer: the copy in the cloud stays</source>
        <translation>Von diesem Computer entfernen: die Kopie in der Cloud bleibt</translation>
    </message>
    <message>
        <source>Download to this computer</source>
        <translation>Auf diesen Computer herunterladen</translation>
    </message>
    <message>
        <source>Keep it on this computer after all</source>
        <translation>Doch auf diesem Computer behalten</translation>
    </message>
    <message>
        <source>Cancel the download</source>
        <translation>Herunterladen abbrechen</translation>
    </message>
    <message>
        <source>Check the copy in the cloud</source>
        <translation>Kopie in der Cloud prüfen</translation>
    </message>
    <message>
        <source>Cancel the check of the copy</source>
        <translation>Prüfung der Kopie abbrechen</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>noch {time}</translation>
    </message>
    <message>
        <source>Copy in the cloud checked: {when}</source>
        <translation>Kopie in der Cloud geprüft: {when}</translation>
    </message>
    <message>
        <source>The cloud store is not set up yet.</source>
        <translation>Der Cloud-Speicher ist noch nicht eingerichtet.</translation>
    </message>
    <message>
        <source>Paused by you.</source>
        <translation>Von Hand angehalten.</translation>
    </message>
    <message>
        <source>Waits because you are live.</source>
        <translation>Wartet, weil gesendet wird.</translation>
    </message>
    <message>
        <source>The cloud store cannot be used now.</source>
        <translation>Der Cloud-Speicher ist jetzt nicht zu benutzen.</translation>
    </message>
    <message numerus="yes">
        <source>%n upload(s) met a problem, and are tried again.</source>
        <translation>
            <numerusform>%n Aufzeichnung ließ sich nicht hochladen; es wird wieder versucht.</numerusform>
            <numerusform>%n Aufzeichnungen ließen sich nicht hochladen; es wird wieder versucht.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n upload(s) wait.</source>
        <translation>
            <numerusform>%n Aufzeichnung wartet.</numerusform>
            <numerusform>%n Aufzeichnungen warten.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n replay(s) in the cloud.</source>
        <translation>
            <numerusform>%n Aufzeichnung in der Cloud.</numerusform>
            <numerusform>%n Aufzeichnungen in der Cloud.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n upload(s) to do.</source>
        <translation>
            <numerusform>%n Aufzeichnung hochzuladen.</numerusform>
            <numerusform>%n Aufzeichnungen hochzuladen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more wait</source>
        <translation>
            <numerusform>%n weitere wartet</numerusform>
            <numerusform>%n weitere warten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It does not take %n replay(s).</source>
        <translation>
            <numerusform>Er nimmt %n Aufzeichnung nicht an.</numerusform>
            <numerusform>Er nimmt %n Aufzeichnungen nicht an.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n replay(s) are gone from the cloud store, and have no file here.</source>
        <translation>
            <numerusform>%n Aufzeichnung fehlt im Cloud-Speicher und hat hier keine Datei.</numerusform>
            <numerusform>%n Aufzeichnungen fehlen im Cloud-Speicher und haben hier keine Datei.</numerusform>
        </translation>
    </message>
    <message>
        <source>Look whether another computer has the files, and upload them there.</source>
        <translation>Nachsehen, ob ein anderer Computer die Dateien hat, und sie dort hochladen.</translation>
    </message>
    <message>
        <source>“{title}”: {why}</source>
        <translation>„{title}“: {why}</translation>
    </message>
    <message numerus="yes">
        <source>It is being told of %n replay(s).</source>
        <translation>
            <numerusform>Er erfährt gerade von %n Aufzeichnung.</numerusform>
            <numerusform>Er erfährt gerade von %n Aufzeichnungen.</numerusform>
        </translation>
    </message>
    <message>
        <source>It is being asked.</source>
        <translation>Er wird gerade gefragt.</translation>
    </message>
    <message>
        <source>It knows all replays that this computer has uploaded.</source>
        <translation>Er kennt alle Aufzeichnungen, die dieser Computer hochgeladen hat.</translation>
    </message>
    <message numerus="yes">
        <source>%n more are listed there only.</source>
        <translation>
            <numerusform>%n weitere steht nur dort.</numerusform>
            <numerusform>%n weitere stehen nur dort.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CloudCard</name>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Go on now</source>
        <translation>Jetzt fortsetzen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Do it</source>
        <translation>Ja, machen</translation>
    </message>
    <message>
        <source>Really do it?</source>
        <translation>Wirklich machen?</translation>
    </message>
    <message>
        <source>Cloud</source>
        <translation>Cloud</translation>
    </message>
</context>
<context>
    <name>DropZone</name>
    <message>
        <source>Drop files here</source>
        <translation>Dateien hier ablegen</translation>
    </message>
    <message>
        <source>Drop films or folders here: they come into the library, and stay where they lie.</source>
        <translation>Filme oder Ordner hier ablegen: Sie kommen in die Bibliothek und bleiben, wo sie liegen.</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Clear search and filters</source>
        <translation>Suche und Filter leeren</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importieren…</translation>
    </message>
    <message>
        <source>All stations</source>
        <translation>Alle Stationen</translation>
    </message>
    <message>
        <source>Newest</source>
        <translation>Neueste</translation>
    </message>
    <message>
        <source>Oldest</source>
        <translation>Älteste</translation>
    </message>
    <message>
        <source>By title</source>
        <translation>Nach Titel</translation>
    </message>
    <message>
        <source>Longest</source>
        <translation>Längste</translation>
    </message>
    <message>
        <source>Largest</source>
        <translation>Größte</translation>
    </message>
    <message>
        <source>Any date</source>
        <translation>Jedes Datum</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 Tage</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 Tage</translation>
    </message>
    <message>
        <source>From … to …</source>
        <translation>Von … bis …</translation>
    </message>
    <message>
        <source>Any state</source>
        <translation>Jeder Zustand</translation>
    </message>
    <message>
        <source>Whole</source>
        <translation>Vollständig</translation>
    </message>
    <message>
        <source>Recovered</source>
        <translation>Gerettet</translation>
    </message>
    <message>
        <source>Being finished</source>
        <translation>In Arbeit</translation>
    </message>
    <message>
        <source>File missing</source>
        <translation>Datei fehlt</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>Station</source>
        <translation>Station</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>From this day on</source>
        <translation>Von diesem Tag an</translation>
    </message>
    <message>
        <source>Until this day</source>
        <translation>Bis zu diesem Tag</translation>
    </message>
</context>
<context>
    <name>ImportBar</name>
    <message>
        <source>Import</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>Why not?</source>
        <translation>Warum nicht?</translation>
    </message>
    <message>
        <source>Close this notice</source>
        <translation>Meldung schließen</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) to look into…</source>
        <translation>
            <numerusform>%n Datei wird angesehen…</numerusform>
            <numerusform>%n Dateien werden angesehen…</numerusform>
        </translation>
    </message>
    <message>
        <source>Adding {number} of {all}: {file}</source>
        <translation>{number} von {all} wird aufgenommen: {file}</translation>
    </message>
    <message>
        <source>No film was found there.</source>
        <translation>Dort wurde kein Film gefunden.</translation>
    </message>
    <message numerus="yes">
        <source>%n replay(s) came into the library.</source>
        <translation>
            <numerusform>%n Aufzeichnung kam in die Bibliothek.</numerusform>
            <numerusform>%n Aufzeichnungen kamen in die Bibliothek.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) did not.</source>
        <translation>
            <numerusform>%n Datei nicht.</numerusform>
            <numerusform>%n Dateien nicht.</numerusform>
        </translation>
    </message>
</context>
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
        <source>Try another date or state.</source>
        <translation>Mit anderem Datum oder Zustand versuchen.</translation>
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
        <source>A recording is being finished.</source>
        <translation>Eine Aufzeichnung wird gerade fertiggestellt.</translation>
    </message>
    <message>
        <source>It appears here by itself.</source>
        <translation>Sie erscheint hier von selbst.</translation>
    </message>
    <message>
        <source>No replays yet.</source>
        <translation>Noch keine Aufzeichnungen.</translation>
    </message>
    <message>
        <source>What is recorded now appears here after the broadcast.</source>
        <translation>Was jetzt aufgezeichnet wird, erscheint hier nach der Sendung.</translation>
    </message>
</context>
<context>
    <name>RefusedFilesSheet</name>
    <message>
        <source>Not imported</source>
        <translation>Nicht importiert</translation>
    </message>
    <message>
        <source>Files that were not imported</source>
        <translation>Dateien, die nicht importiert wurden</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
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
        <source>on another computer</source>
        <translation>auf anderem Rechner</translation>
    </message>
    <message>
        <source>this computer only</source>
        <translation>nur hier</translation>
    </message>
    <message>
        <source>Clip</source>
        <translation>Clip</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>angeheftet</translation>
    </message>
    <message>
        <source>waiting to be removed here</source>
        <translation>wartet auf das Entfernen hier</translation>
    </message>
    <message>
        <source>waiting to come back</source>
        <translation>wartet auf die Rückkehr</translation>
    </message>
    <message>
        <source>waiting to be checked</source>
        <translation>wartet auf die Prüfung</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>upload failed</source>
        <translation>Upload fehlgeschlagen</translation>
    </message>
    <message>
        <source>problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>waiting to upload</source>
        <translation>wartet auf Upload</translation>
    </message>
    <message>
        <source>waiting for the store</source>
        <translation>wartet auf den Speicher</translation>
    </message>
    <message>
        <source>bad copy in the cloud</source>
        <translation>schlechte Kopie in der Cloud</translation>
    </message>
    <message>
        <source>cloud only</source>
        <translation>nur in der Cloud</translation>
    </message>
    <message>
        <source>cloud</source>
        <translation>Cloud</translation>
    </message>
    <message>
        <source>being read</source>
        <translation>wird gelesen</translation>
    </message>
    <message>
        <source>uploading</source>
        <translation>wird hochgeladen</translation>
    </message>
    <message>
        <source>being verified</source>
        <translation>wird geprüft</translation>
    </message>
    <message>
        <source>in the cloud</source>
        <translation>in der Cloud</translation>
    </message>
    <message>
        <source>coming back</source>
        <translation>kommt zurück</translation>
    </message>
    <message>
        <source>being cancelled</source>
        <translation>wird abgebrochen</translation>
    </message>
    <message>
        <source>in another store</source>
        <translation>in einem anderen Speicher</translation>
    </message>
    <message>
        <source>uploading {share}</source>
        <translation>wird hochgeladen {share}</translation>
    </message>
    <message>
        <source>coming back {share}</source>
        <translation>kommt zurück {share}</translation>
    </message>
    <message>
        <source>being read {share}</source>
        <translation>wird gelesen {share}</translation>
    </message>
</context>
<context>
    <name>ReplayDeeds</name>
    <message>
        <source>It was not done with {number} of {all}.</source>
        <translation>Bei {number} von {all} ging es nicht.</translation>
    </message>
</context>
<context>
    <name>ReplaysPage</name>
    <message>
        <source>Import films</source>
        <translation>Filme importieren</translation>
    </message>
    <message>
        <source>Films</source>
        <translation>Filme</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n gefunden</numerusform>
            <numerusform>%n gefunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n replay(s)</source>
        <translation>
            <numerusform>%n Aufzeichnung</numerusform>
            <numerusform>%n Aufzeichnungen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RetentionSheet</name>
    <message>
        <source>Free up space</source>
        <translation>Platz schaffen</translation>
    </message>
    <message>
        <source>Change the rules</source>
        <translation>Regeln ändern</translation>
    </message>
    <message>
        <source>Remove these</source>
        <translation>Diese entfernen</translation>
    </message>
    <message>
        <source>Really remove them?</source>
        <translation>Wirklich entfernen?</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Asking what the rules would remove…</source>
        <translation>Was die Regeln entfernen würden, wird gefragt…</translation>
    </message>
    <message numerus="yes">
        <source>%n would be removed: {size}</source>
        <translation>
            <numerusform>%n würde entfernt: {size}</numerusform>
            <numerusform>%n würden entfernt: {size}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stay(s)</source>
        <translation>
            <numerusform>%n bleibt</numerusform>
            <numerusform>%n bleiben</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is removed before it is confirmed here.</source>
        <translation>Nichts wird entfernt, bevor es hier bestätigt ist.</translation>
    </message>
    <message>
        <source>The rules would remove nothing. Below stands why.</source>
        <translation>Die Regeln würden nichts entfernen. Unten steht, warum.</translation>
    </message>
    <message>
        <source>No rule is set, or none concerns a replay: nothing would be removed.</source>
        <translation>Keine Regel ist gesetzt, oder keine betrifft eine Aufzeichnung: Nichts würde entfernt.</translation>
    </message>
</context>
<context>
    <name>SearchBox</name>
    <message>
        <source>Search titles, descriptions, markers</source>
        <translation>Titel, Beschreibungen, Marken durchsuchen</translation>
    </message>
    <message>
        <source>Search replays</source>
        <translation>Aufzeichnungen suchen</translation>
    </message>
</context>
<context>
    <name>ServerRow</name>
    <message>
        <source>PowerStream server</source>
        <translation>PowerStream-Server</translation>
    </message>
</context>
<context>
    <name>StorageCard</name>
    <message>
        <source>Free up space…</source>
        <translation>Platz schaffen…</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Being measured…</source>
        <translation>Wird gemessen…</translation>
    </message>
    <message>
        <source>{used} of replays on this computer</source>
        <translation>{used} Aufzeichnungen auf diesem Rechner</translation>
    </message>
    <message>
        <source>{replays} · {free} free</source>
        <translation>{replays} · {free} frei</translation>
    </message>
</context>
<context>
    <name>UndoBar</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Close this notice</source>
        <translation>Meldung schließen</translation>
    </message>
    <message>
        <source>“{title}” is in the bin.</source>
        <translation>„{title}“ ist im Papierkorb.</translation>
    </message>
    <message numerus="yes">
        <source>%n replay(s) are in the bin.</source>
        <translation>
            <numerusform>%n Aufzeichnung ist im Papierkorb.</numerusform>
            <numerusform>%n Aufzeichnungen sind im Papierkorb.</numerusform>
        </translation>
    </message>
    <message>
        <source>On other computers, too.</source>
        <translation>Auch auf den anderen Computern.</translation>
    </message>
</context>
<context>
    <name>_Entries</name>
    <message>
        <source>the only copy</source>
        <translation>die einzige Kopie</translation>
    </message>
    <message>
        <source>its file alone, once its copy in the cloud was verified again</source>
        <translation>nur seine Datei, sobald die Kopie in der Cloud erneut geprüft wurde</translation>
    </message>
</context>
</TS>
