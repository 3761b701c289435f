<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>ClipRow</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Clip</source>
        <translation>Clip</translation>
    </message>
    <message>
        <source>Progress of {clip}</source>
        <translation>Fortschritt von {clip}</translation>
    </message>
    <message>
        <source>{span}, begins {seconds} s earlier</source>
        <translation>{span}, beginnt {seconds} s früher</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
</context>
<context>
    <name>ClipSheet</name>
    <message>
        <source>Export clip</source>
        <translation>Clip exportieren</translation>
    </message>
    <message>
        <source>Fast</source>
        <translation>Schnell</translation>
    </message>
    <message>
        <source>Exactly these pictures</source>
        <translation>Genau diese Bilder</translation>
    </message>
    <message>
        <source>Upright, 9:16</source>
        <translation>Hochkant, 9:16</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Left empty, it is called after the replay and the moment.</source>
        <translation>Bleibt es leer, heißt er nach der Aufzeichnung und der Stelle.</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Done at once, and nothing is encoded anew. It may begin up to a few seconds earlier.</source>
        <translation>Sofort fertig, nichts wird neu kodiert. Er beginnt vielleicht ein paar Sekunden früher.</translation>
    </message>
    <message>
        <source>Its first and last seconds are encoded anew; all between stays as it was recorded.</source>
        <translation>Seine ersten und letzten Sekunden werden neu kodiert; alles dazwischen bleibt, wie es aufgenommen wurde.</translation>
    </message>
    <message>
        <source>For phones. Everything is encoded anew, which takes a while.</source>
        <translation>Für Telefone. Alles wird neu kodiert, das dauert eine Weile.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>ClipsPart</name>
    <message>
        <source>Clips</source>
        <translation>Clips</translation>
    </message>
</context>
<context>
    <name>CropPicker</name>
    <message>
        <source>Part that is kept</source>
        <translation>Teil, der bleibt</translation>
    </message>
    <message>
        <source>Drag it, or move it with the arrow keys.</source>
        <translation>Mit der Maus ziehen oder mit den Pfeiltasten schieben.</translation>
    </message>
</context>
<context>
    <name>DeedRow</name>
    <message>
        <source>Export clip</source>
        <translation>Clip exportieren</translation>
    </message>
    <message>
        <source>Edit details</source>
        <translation>Angaben ändern</translation>
    </message>
    <message>
        <source>Mark with a name…</source>
        <translation>Mit Namen markieren…</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message>
        <source>Session report</source>
        <translation>Bericht der Sitzung</translation>
    </message>
    <message>
        <source>Keep for good</source>
        <translation>Für immer behalten</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Export clip {span}</source>
        <translation>Clip {span} exportieren</translation>
    </message>
    <message>
        <source>Choose where the clip begins and ends: keys I and O.</source>
        <translation>Anfang und Ende des Clips wählen: Tasten I und O.</translation>
    </message>
</context>
<context>
    <name>FrameProcess</name>
    <message>
        <source>The pictures of this file cannot be shown one by one.</source>
        <translation>Die Bilder dieser Datei lassen sich nicht einzeln zeigen.</translation>
    </message>
    <message>
        <source>The file may be damaged. Another player may show it.</source>
        <translation>Die Datei ist vielleicht beschädigt. Ein anderer Player kann sie vielleicht zeigen.</translation>
    </message>
</context>
<context>
    <name>JumpChip</name>
    <message>
        <source>Remove marker</source>
        <translation>Markierung entfernen</translation>
    </message>
</context>
<context>
    <name>LostTexts</name>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>{field}: also edited on {device}, {when}</source>
        <translation>{field}: auch auf {device} bearbeitet, {when}</translation>
    </message>
    <message>
        <source>There: {text}</source>
        <translation>Dort: {text}</translation>
    </message>
    <message>
        <source>Now: {text}</source>
        <translation>Jetzt: {text}</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>Restore: {text}</source>
        <translation>Zurückholen: {text}</translation>
    </message>
</context>
<context>
    <name>MarkSheet</name>
    <message>
        <source>Mark this moment</source>
        <translation>Diesen Moment markieren</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>Markieren</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>MomentChips</name>
    <message>
        <source>Moments</source>
        <translation>Stellen</translation>
    </message>
</context>
<context>
    <name>OpenFilm</name>
    <message>
        <source>Loading…</source>
        <translation>Wird geladen …</translation>
    </message>
    <message>
        <source>Play from the cloud</source>
        <translation>Aus der Cloud abspielen</translation>
    </message>
    <message>
        <source>Coming from the cloud…</source>
        <translation>Kommt aus der Cloud …</translation>
    </message>
    <message>
        <source>This replay does not come from the cloud now.</source>
        <translation>Diese Aufzeichnung kommt gerade nicht aus der Cloud.</translation>
    </message>
    <message>
        <source>Try again, or download it to this computer.</source>
        <translation>Versuche es noch einmal oder lade sie auf diesen Computer herunter.</translation>
    </message>
    <message>
        <source>This file cannot be played here.</source>
        <translation>Diese Datei lässt sich hier nicht abspielen.</translation>
    </message>
    <message>
        <source>Its pictures can be stepped through.</source>
        <translation>Ihre Bilder lassen sich einzeln durchgehen.</translation>
    </message>
</context>
<context>
    <name>Review</name>
    <message>
        <source>{destination} down</source>
        <translation>{destination} weg</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausiert</translation>
    </message>
    <message>
        <source>Not recorded</source>
        <translation>Nicht aufgenommen</translation>
    </message>
    <message>
        <source>This replay is in the cloud only.</source>
        <translation>Diese Aufzeichnung ist nur in der Cloud.</translation>
    </message>
    <message>
        <source>Play it from there, or download it to this computer: menu “More”.</source>
        <translation>Spiele sie von dort ab oder lade sie auf diesen Computer herunter: Menü „Mehr“.</translation>
    </message>
    <message>
        <source>This replay is coming back from the cloud.</source>
        <translation>Diese Aufzeichnung kommt aus der Cloud zurück.</translation>
    </message>
    <message>
        <source>It can be watched here when it has arrived.</source>
        <translation>Sie ist hier zu sehen, sobald sie da ist.</translation>
    </message>
    <message>
        <source>The film of this replay is in another cloud store.</source>
        <translation>Der Film dieser Aufzeichnung liegt in einem anderen Cloud-Speicher.</translation>
    </message>
    <message>
        <source>Choose that store again in the settings to watch it.</source>
        <translation>Um ihn zu sehen, jenen Speicher in den Einstellungen wieder wählen.</translation>
    </message>
    <message>
        <source>The file is not where it was.</source>
        <translation>Die Datei ist nicht mehr an ihrem Ort.</translation>
    </message>
    <message>
        <source>Connect the disk it lies on, or download it from the cloud: menu “More”.</source>
        <translation>Den Datenträger anschließen, auf dem sie liegt, oder sie aus der Cloud herunterladen: Menü „Mehr“.</translation>
    </message>
    <message>
        <source>This recording is still being finished.</source>
        <translation>Diese Aufnahme wird noch fertiggestellt.</translation>
    </message>
    <message>
        <source>It can be watched here in a moment.</source>
        <translation>Gleich kann man sie hier ansehen.</translation>
    </message>
    <message>
        <source>Connect the disk it lies on.</source>
        <translation>Den Datenträger anschließen, auf dem sie liegt.</translation>
    </message>
    <message>
        <source>This recording failed.</source>
        <translation>Diese Aufnahme ist fehlgeschlagen.</translation>
    </message>
    <message>
        <source>This replay has no file on this computer.</source>
        <translation>Diese Aufzeichnung hat auf diesem Rechner keine Datei.</translation>
    </message>
</context>
<context>
    <name>ReviewPanel</name>
    <message>
        <source>Review</source>
        <translation>Durchsicht</translation>
    </message>
    <message>
        <source>No replay is open.</source>
        <translation>Keine Aufzeichnung ist offen.</translation>
    </message>
    <message>
        <source>Choose one on the left.</source>
        <translation>Links eine wählen.</translation>
    </message>
</context>
<context>
    <name>ReviewStage</name>
    <message>
        <source>Player</source>
        <translation>Wiedergabe</translation>
    </message>
</context>
<context>
    <name>StreamedFrames</name>
    <message>
        <source>This replay does not come from the cloud now.</source>
        <translation>Diese Aufzeichnung kommt gerade nicht aus der Cloud.</translation>
    </message>
    <message>
        <source>Try again, or download it to this computer.</source>
        <translation>Versuche es noch einmal oder lade sie auf diesen Computer herunter.</translation>
    </message>
</context>
<context>
    <name>StripView</name>
    <message>
        <source>Pictures of the film</source>
        <translation>Bilder des Films</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Timeline</source>
        <translation>Zeitachse</translation>
    </message>
</context>
<context>
    <name>ToolRow</name>
    <message>
        <source>In</source>
        <translation>Anfang</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>Select nothing</source>
        <translation>Nichts auswählen</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>Markieren</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Stummschalten</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>Ton an</translation>
    </message>
    <message>
        <source>A clip begins with this picture (I)</source>
        <translation>Ein Clip beginnt mit diesem Bild (I)</translation>
    </message>
    <message>
        <source>A clip ends with this picture (O)</source>
        <translation>Ein Clip endet mit diesem Bild (O)</translation>
    </message>
    <message>
        <source>Mark this moment (M); with a name: Shift+M</source>
        <translation>Diesen Moment markieren (M); mit Namen: Umschalt+M</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Lautstärke</translation>
    </message>
</context>
<context>
    <name>TransportBar</name>
    <message>
        <source>−1 frame</source>
        <translation>−1 Bild</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>+1 frame</source>
        <translation>+1 Bild</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Stelle</translation>
    </message>
</context>
</TS>
