<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>BannerBar</name>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>All notices</source>
        <translation>Alle Meldungen</translation>
    </message>
    <message>
        <source>Close this notice</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>PowerStream's service is being started. This takes some seconds.</source>
        <translation>Der Dienst von PowerStream wird gestartet. Das dauert einige Sekunden.</translation>
    </message>
    <message>
        <source>PowerStream's service does not answer. It is started again within half a minute, and a broadcast goes on by itself; what you see is how it was.</source>
        <translation>Der Dienst von PowerStream antwortet nicht. Er wird binnen einer halben Minute neu gestartet, und eine laufende Sendung geht von selbst weiter; zu sehen ist, wie es war.</translation>
    </message>
    <message>
        <source>The studio's engine failed and is being started again. Platforms and recording are kept.</source>
        <translation>Die Engine des Studios ist ausgefallen und wird neu gestartet. Plattformen und Aufzeichnung werden gehalten.</translation>
    </message>
    <message>
        <source>PowerStream's service cannot be reached.</source>
        <translation>Der Dienst von PowerStream ist nicht zu erreichen.</translation>
    </message>
</context>
<context>
    <name>ClosingSheet</name>
    <message>
        <source>You are live</source>
        <translation>Es wird gesendet</translation>
    </message>
    <message>
        <source>The broadcast can go on without this window. What shall become of it?</source>
        <translation>Die Sendung kann ohne dieses Fenster weitergehen. Was soll aus ihr werden?</translation>
    </message>
    <message>
        <source>Start PowerStream again to see it: it shows the same broadcast.</source>
        <translation>PowerStream neu starten, um sie zu sehen: es zeigt dieselbe Sendung.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>End the broadcast</source>
        <translation>Sendung beenden</translation>
    </message>
    <message>
        <source>Keep it running</source>
        <translation>Weiterlaufen lassen</translation>
    </message>
</context>
<context>
    <name>Ending</name>
    <message>
        <source>The broadcast could not be ended: {why}</source>
        <translation>Die Sendung konnte nicht beendet werden: {why}</translation>
    </message>
</context>
<context>
    <name>FigureRow</name>
    <message>
        <source>Upload</source>
        <translation>Upload</translation>
    </message>
    <message>
        <source>Dropped</source>
        <translation>Verworfen</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>Ausgelassen</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>What all platforms together have taken in the last seconds.</source>
        <translation>Was alle Plattformen zusammen in den letzten Sekunden angenommen haben.</translation>
    </message>
    <message>
        <source>Your internet: frames that did not get through to a platform.</source>
        <translation>Das Internet: Bilder, die nicht zu einer Plattform durchkamen.</translation>
    </message>
    <message>
        <source>Your internet: in the last minute {lost} of {all} frames did not get through to a platform. If this stays above 1 %, lower the bitrate or use a cable.</source>
        <translation>Das Internet: in der letzten Minute kamen {lost} von {all} Bildern nicht zu einer Plattform durch. Bleibt das über 1 %, die Bitrate senken oder ein Kabel benutzen.</translation>
    </message>
    <message>
        <source>Your computer: pictures that could not be made in time.</source>
        <translation>Der Computer: Bilder, die nicht rechtzeitig fertig wurden.</translation>
    </message>
    <message>
        <source>Your computer: in the last minute the encoder missed {lost} of {all} pictures.</source>
        <translation>Der Computer: in der letzten Minute hat der Encoder {lost} von {all} Bildern verpasst.</translation>
    </message>
    <message>
        <source>Your graphics: {lost} of {all} pictures were not put together in time.</source>
        <translation>Die Grafik: {lost} von {all} Bildern wurden nicht rechtzeitig zusammengesetzt.</translation>
    </message>
    <message>
        <source>If this stays above 1 %, close other programs, or lower the size or the frames a second.</source>
        <translation>Bleibt das über 1 %, andere Programme schließen, oder Größe oder Bilder pro Sekunde senken.</translation>
    </message>
    <message>
        <source>What PowerStream takes of all processors of this computer.</source>
        <translation>Was PowerStream von allen Prozessoren dieses Computers nimmt.</translation>
    </message>
    <message>
        <source>How long the disk has room for a recording at the chosen bitrate.</source>
        <translation>Wie lange der Datenträger bei der gewählten Bitrate für eine Aufzeichnung reicht.</translation>
    </message>
    <message>
        <source>{hours} h left</source>
        <translation>noch {hours} h</translation>
    </message>
</context>
<context>
    <name>Foot</name>
    <message>
        <source>Recording</source>
        <translation>Aufzeichnung</translation>
    </message>
    <message>
        <source>Safe on disk to {time}</source>
        <translation>Sicher gespeichert bis {time}</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>NOT RECORDING</source>
        <translation>KEINE AUFZEICHNUNG</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>not known now</source>
        <translation>zurzeit unbekannt</translation>
    </message>
</context>
<context>
    <name>NewestNotice</name>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Notices: {newest}</source>
        <translation>Meldungen: {newest}</translation>
    </message>
</context>
<context>
    <name>NoticeLog</name>
    <message>
        <source>Notices</source>
        <translation>Meldungen</translation>
    </message>
    <message>
        <source>Nothing has happened.</source>
        <translation>Nichts ist geschehen.</translation>
    </message>
    <message>
        <source>What hinders a broadcast is told here.</source>
        <translation>Was eine Sendung hindert, steht hier.</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Studio</source>
        <translation>Studio</translation>
    </message>
    <message>
        <source>Station</source>
        <translation>Station</translation>
    </message>
    <message>
        <source>Destinations</source>
        <translation>Ziele</translation>
    </message>
    <message>
        <source>Replays</source>
        <translation>Archiv</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sendungen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
</context>
<context>
    <name>StatePill</name>
    <message>
        <source>Off air</source>
        <translation>Nicht auf Sendung</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Startet</translation>
    </message>
    <message>
        <source>REHEARSAL</source>
        <translation>PROBE</translation>
    </message>
    <message>
        <source>LIVE</source>
        <translation>LIVE</translation>
    </message>
    <message>
        <source>Bridging</source>
        <translation>Überbrückt</translation>
    </message>
    <message>
        <source>Ending</source>
        <translation>Endet</translation>
    </message>
    <message>
        <source>Nothing goes out.</source>
        <translation>Nichts geht hinaus.</translation>
    </message>
    <message>
        <source>The broadcast waits for its first picture.</source>
        <translation>Die Sendung wartet auf ihr erstes Bild.</translation>
    </message>
    <message>
        <source>The stream goes to a test receiver on this computer and to nobody else.</source>
        <translation>Der Stream geht an einen Testempfänger auf diesem Computer und an sonst niemanden.</translation>
    </message>
    <message>
        <source>The stream goes out.</source>
        <translation>Der Stream geht hinaus.</translation>
    </message>
    <message>
        <source>The encoder is gone. The platforms are kept with a still picture until it is back.</source>
        <translation>Der Encoder ist weg. Die Plattformen werden mit einem Standbild gehalten, bis er zurück ist.</translation>
    </message>
    <message>
        <source>The last pictures go out, and the recording is being finished.</source>
        <translation>Die letzten Bilder gehen hinaus, und die Aufzeichnung wird fertiggestellt.</translation>
    </message>
</context>
<context>
    <name>StationPicker</name>
    <message>
        <source>Stations…</source>
        <translation>Stationen…</translation>
    </message>
    <message>
        <source>No station</source>
        <translation>Keine Station</translation>
    </message>
    <message>
        <source>Station: {name}</source>
        <translation>Station: {name}</translation>
    </message>
</context>
<context>
    <name>Title</name>
    <message>
        <source>Starting</source>
        <translation>Startet</translation>
    </message>
    <message>
        <source>REHEARSAL</source>
        <translation>PROBE</translation>
    </message>
    <message>
        <source>● LIVE</source>
        <translation>● LIVE</translation>
    </message>
    <message>
        <source>Bridging</source>
        <translation>Überbrückt</translation>
    </message>
    <message>
        <source>Ending</source>
        <translation>Endet</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Go live</source>
        <translation>Live gehen</translation>
    </message>
    <message>
        <source>End stream</source>
        <translation>Stream beenden</translation>
    </message>
    <message>
        <source>End it now?</source>
        <translation>Jetzt beenden?</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Show PowerStream</source>
        <translation>PowerStream zeigen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
</context>
<context>
    <name>_Waiting</name>
    <message>
        <source>PowerStream is being started…</source>
        <translation>PowerStream wird gestartet…</translation>
    </message>
</context>
</TS>
