<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>History</name>
    <message>
        <source>On air for {length}</source>
        <translation>Seit {length} auf Sendung</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>abgebrochen</translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message>
        <source>Destinations</source>
        <translation>Ziele</translation>
    </message>
    <message>
        <source>It was sent to no platform.</source>
        <translation>Sie ging an keine Plattform.</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>verbunden</translation>
    </message>
    <message>
        <source>slow</source>
        <translation>langsam</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>verbindet</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>abgewiesen</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>Gap</source>
        <translation>Lücke</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>Ursache</translation>
    </message>
    <message>
        <source>At</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Marker</source>
        <translation>Marke</translation>
    </message>
    <message>
        <source>Markers</source>
        <translation>Marken</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Aufnahme</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Rehearsal</source>
        <translation>Probe</translation>
    </message>
    <message>
        <source>Untitled broadcast</source>
        <translation>Sendung ohne Titel</translation>
    </message>
    <message>
        <source>Ended as planned</source>
        <translation>Wie geplant beendet</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>On air now</source>
        <translation>Jetzt auf Sendung</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>was not needed</source>
        <translation>wurde nicht gebraucht</translation>
    </message>
    <message>
        <source>never connected</source>
        <translation>nie verbunden</translation>
    </message>
    <message>
        <source>connected {share}</source>
        <translation>verbunden {share}</translation>
    </message>
    <message numerus="yes">
        <source>%n gap(s)</source>
        <translation>
            <numerusform>%n Lücke</numerusform>
            <numerusform>%n Lücken</numerusform>
        </translation>
    </message>
    <message>
        <source>{begin}–{end} ({length})</source>
        <translation>{begin}–{end} ({length})</translation>
    </message>
    <message>
        <source>no cause is known</source>
        <translation>keine Ursache bekannt</translation>
    </message>
    <message>
        <source>{average} on average, {peak} at most</source>
        <translation>im Mittel {average}, höchstens {peak}</translation>
    </message>
    <message numerus="yes">
        <source>%n frame(s) dropped</source>
        <translation>
            <numerusform>%n Bild verworfen</numerusform>
            <numerusform>%n Bilder verworfen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>connected %n time(s)</source>
        <translation>
            <numerusform>%n-mal verbunden</numerusform>
            <numerusform>%n-mal verbunden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReportExport</name>
    <message>
        <source>The report was saved.</source>
        <translation>Der Bericht wurde gespeichert.</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Bericht speichern</translation>
    </message>
</context>
<context>
    <name>ReportView</name>
    <message>
        <source>from an external encoder</source>
        <translation>von einem externen Encoder</translation>
    </message>
    <message>
        <source>from the studio</source>
        <translation>aus dem Studio</translation>
    </message>
    <message>
        <source>Destinations</source>
        <translation>Ziele</translation>
    </message>
    <message>
        <source>It was sent to no platform.</source>
        <translation>Sie ging an keine Plattform.</translation>
    </message>
    <message>
        <source>Bitrate, minute by minute</source>
        <translation>Bitrate, Minute für Minute</translation>
    </message>
    <message>
        <source>Bitrate of each destination</source>
        <translation>Bitrate jedes Ziels</translation>
    </message>
    <message>
        <source>Markers</source>
        <translation>Marken</translation>
    </message>
    <message>
        <source>Show {moment} in the replay</source>
        <translation>{moment} in der Aufzeichnung zeigen</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Aufnahme</translation>
    </message>
    <message>
        <source>Open replay</source>
        <translation>Aufzeichnung öffnen</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
</context>
<context>
    <name>SessionsPage</name>
    <message>
        <source>Save as HTML…</source>
        <translation>Als HTML speichern…</translation>
    </message>
    <message>
        <source>Save as JSON…</source>
        <translation>Als JSON speichern…</translation>
    </message>
    <message>
        <source>Broadcasts</source>
        <translation>Sendungen</translation>
    </message>
    <message>
        <source>Loading broadcasts…</source>
        <translation>Sendungen werden geladen…</translation>
    </message>
    <message>
        <source>No report is open.</source>
        <translation>Kein Bericht ist offen.</translation>
    </message>
    <message>
        <source>Choose a broadcast on the left.</source>
        <translation>Links eine Sendung wählen.</translation>
    </message>
    <message>
        <source>No broadcasts yet.</source>
        <translation>Noch keine Sendungen.</translation>
    </message>
    <message>
        <source>Each one gets a report here.</source>
        <translation>Jede bekommt hier einen Bericht.</translation>
    </message>
    <message>
        <source>Loading the report…</source>
        <translation>Bericht wird geladen…</translation>
    </message>
    <message>
        <source>No replay shows this moment.</source>
        <translation>Keine Aufzeichnung zeigt diesen Moment.</translation>
    </message>
</context>
<context>
    <name>_DestinationBlock</name>
    <message>
        <source>{name} over time</source>
        <translation>{name} im Verlauf</translation>
    </message>
    <message numerus="yes">
        <source>%n more in the exported report</source>
        <translation>
            <numerusform>%n weitere im gespeicherten Bericht</numerusform>
            <numerusform>%n weitere im gespeicherten Bericht</numerusform>
        </translation>
    </message>
    <message>
        <source>Show {moment} in the replay</source>
        <translation>{moment} in der Aufzeichnung zeigen</translation>
    </message>
</context>
</TS>
