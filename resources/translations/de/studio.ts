<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>AddChannelSheet</name>
    <message>
        <source>Add a channel</source>
        <translation>Kanal hinzufügen</translation>
    </message>
    <message>
        <source>Which one</source>
        <translation>Welches</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Mikrofon</translation>
    </message>
    <message>
        <source>What this computer plays</source>
        <translation>Was dieser Computer spielt</translation>
    </message>
    <message>
        <source>A media file's sound</source>
        <translation>Ton einer Mediendatei</translation>
    </message>
    <message>
        <source>Test tone</source>
        <translation>Testton</translation>
    </message>
    <message>
        <source>What shall be heard</source>
        <translation>Was zu hören sein soll</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>There is none yet. Add a media file to a scene first.</source>
        <translation>Es gibt noch keine. Zuerst einer Szene eine Mediendatei hinzufügen.</translation>
    </message>
    <message>
        <source>The system's default</source>
        <translation>Vorgabe des Systems</translation>
    </message>
</context>
<context>
    <name>AddSourceSheet</name>
    <message>
        <source>Add a source</source>
        <translation>Quelle hinzufügen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Kinds of sources</source>
        <translation>Arten von Quellen</translation>
    </message>
    <message>
        <source>Is there already: shown in this scene too.</source>
        <translation>Ist schon da: auch in dieser Szene gezeigt.</translation>
    </message>
    <message>
        <source>There already</source>
        <translation>Schon da</translation>
    </message>
    <message>
        <source>This source is there already. It is shown in this scene too, and opened only once.</source>
        <translation>Diese Quelle ist schon da. Sie wird auch in dieser Szene gezeigt und nur einmal geöffnet.</translation>
    </message>
</context>
<context>
    <name>AudioCard</name>
    <message>
        <source>The mixer is starting…</source>
        <translation>Das Mischpult startet…</translation>
    </message>
    <message>
        <source>Nothing is heard.</source>
        <translation>Nichts ist zu hören.</translation>
    </message>
    <message>
        <source>Add a microphone or what this computer plays.</source>
        <translation>Ein Mikrofon hinzufügen, oder was dieser Computer spielt.</translation>
    </message>
    <message>
        <source>{channel} is silent</source>
        <translation>{channel} ist still</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>+ Channel</source>
        <translation>+ Kanal</translation>
    </message>
    <message>
        <source>Add a channel</source>
        <translation>Kanal hinzufügen</translation>
    </message>
</context>
<context>
    <name>CameraForm</name>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Network camera</source>
        <translation>Netzwerkkamera</translation>
    </message>
    <message>
        <source>Its address, beginning with rtsp://, http:// or https://</source>
        <translation>Ihre Adresse, beginnend mit rtsp://, http:// oder https://</translation>
    </message>
    <message>
        <source>No camera is connected.</source>
        <translation>Keine Kamera ist verbunden.</translation>
    </message>
</context>
<context>
    <name>CauseBox</name>
    <message>
        <source>Open the platform's page</source>
        <translation>Seite der Plattform öffnen</translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Paste key</source>
        <translation>Schlüssel einfügen</translation>
    </message>
    <message>
        <source>Paste new key</source>
        <translation>Schlüssel einfügen</translation>
    </message>
    <message>
        <source>Open the page of {platform}</source>
        <translation>Seite von {platform} öffnen</translation>
    </message>
</context>
<context>
    <name>ChannelForm</name>
    <message>
        <source>Push to talk</source>
        <translation>Sprechtaste</translation>
    </message>
    <message>
        <source>The system's default</source>
        <translation>Vorgabe des Systems</translation>
    </message>
    <message>
        <source>Not plugged in</source>
        <translation>Nicht angeschlossen</translation>
    </message>
    <message>
        <source>The audience</source>
        <translation>Das Publikum</translation>
    </message>
    <message>
        <source>Only you</source>
        <translation>Nur ich</translation>
    </message>
    <message>
        <source>The audience and you</source>
        <translation>Das Publikum und ich</translation>
    </message>
    <message>
        <source>Stereo</source>
        <translation>Stereo</translation>
    </message>
    <message>
        <source>Mono</source>
        <translation>Mono</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Heard by</source>
        <translation>Zu hören für</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>How much later than the picture it is heard; less than nothing delays all the rest.</source>
        <translation>Um wie viel später als das Bild er zu hören ist; weniger als null verzögert alles andere.</translation>
    </message>
    <message>
        <source>Sync offset</source>
        <translation>Versatz</translation>
    </message>
    <message>
        <source>Heard only while its key is held.</source>
        <translation>Nur zu hören, solange die Taste gehalten wird.</translation>
    </message>
</context>
<context>
    <name>ChannelLines</name>
    <message>
        <source>Default microphone</source>
        <translation>Standardmikrofon</translation>
    </message>
    <message>
        <source>What this computer plays</source>
        <translation>Was dieser Computer spielt</translation>
    </message>
    <message>
        <source>Test tone</source>
        <translation>Testton</translation>
    </message>
    <message>
        <source>Not plugged in</source>
        <translation>Nicht angeschlossen</translation>
    </message>
</context>
<context>
    <name>ChannelSheet</name>
    <message>
        <source>None yet. Sound passes them from above to below.</source>
        <translation>Noch keine. Der Ton durchläuft sie von oben nach unten.</translation>
    </message>
    <message>
        <source>Add a filter</source>
        <translation>Filter hinzufügen</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Remove this channel</source>
        <translation>Diesen Kanal entfernen</translation>
    </message>
    <message>
        <source>Remove it now?</source>
        <translation>Jetzt entfernen?</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
</context>
<context>
    <name>ChannelStrip</name>
    <message>
        <source>Muted</source>
        <translation>Stumm</translation>
    </message>
    <message>
        <source>Let {channel} be heard again</source>
        <translation>{channel} wieder hören lassen</translation>
    </message>
    <message>
        <source>Mute {channel}</source>
        <translation>{channel} stummschalten</translation>
    </message>
    <message>
        <source>Settings and filters of {channel}</source>
        <translation>Einstellungen und Filter von {channel}</translation>
    </message>
    <message>
        <source>Hold to talk: {channel}</source>
        <translation>Zum Sprechen halten: {channel}</translation>
    </message>
</context>
<context>
    <name>ColourButton</name>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
</context>
<context>
    <name>ColourForm</name>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
</context>
<context>
    <name>DestinationPhrases</name>
    <message>
        <source>Waiting for the stream</source>
        <translation>Wartet auf den Stream</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>No key yet</source>
        <translation>Noch kein Schlüssel</translation>
    </message>
    <message>
        <source>Not known now</source>
        <translation>Zurzeit unbekannt</translation>
    </message>
    <message>
        <source>Off for this stream</source>
        <translation>Aus für diesen Stream</translation>
    </message>
    <message>
        <source>{time} · backup server</source>
        <translation>{time} · Ersatzserver</translation>
    </message>
    <message>
        <source>dropping {share}</source>
        <translation>{share} verworfen</translation>
    </message>
    <message>
        <source>{time} behind</source>
        <translation>{time} zurück</translation>
    </message>
    <message>
        <source>try {number}</source>
        <translation>Versuch {number}</translation>
    </message>
    <message>
        <source>try {number}, in {time}</source>
        <translation>Versuch {number}, in {time}</translation>
    </message>
    <message>
        <source>key not accepted</source>
        <translation>Schlüssel nicht angenommen</translation>
    </message>
    <message>
        <source>server refused</source>
        <translation>Server lehnt ab</translation>
    </message>
    <message>
        <source>format not accepted</source>
        <translation>Format nicht angenommen</translation>
    </message>
</context>
<context>
    <name>DestinationsCard</name>
    <message numerus="yes">
        <source>%n live</source>
        <translation>
            <numerusform>%n live</numerusform>
            <numerusform>%n live</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rejected</source>
        <translation>
            <numerusform>%n abgelehnt</numerusform>
            <numerusform>%n abgelehnt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n retrying</source>
        <translation>
            <numerusform>%n wartet</numerusform>
            <numerusform>%n warten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connecting</source>
        <translation>
            <numerusform>%n verbindet</numerusform>
            <numerusform>%n verbinden</numerusform>
        </translation>
    </message>
    <message>
        <source>No platform yet.</source>
        <translation>Noch keine Plattform.</translation>
    </message>
    <message>
        <source>Add the first one, and this list shows how it stands.</source>
        <translation>Die erste hinzufügen, dann zeigt diese Liste, wie es um sie steht.</translation>
    </message>
    <message>
        <source>Destinations</source>
        <translation>Ziele</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Edit destinations</source>
        <translation>Ziele bearbeiten</translation>
    </message>
    <message>
        <source>Looking for your platforms…</source>
        <translation>Plattformen werden gesucht…</translation>
    </message>
</context>
<context>
    <name>DeviceForm</name>
    <message>
        <source>Look again</source>
        <translation>Noch einmal prüfen</translation>
    </message>
    <message>
        <source>{name} (not there now)</source>
        <translation>{name} (gerade nicht da)</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
</context>
<context>
    <name>Fader</name>
    <message>
        <source>Volume of {channel}</source>
        <translation>Lautstärke von {channel}</translation>
    </message>
    <message>
        <source>{gain} · double click for 0 dB</source>
        <translation>{gain} · Doppelklick für 0 dB</translation>
    </message>
</context>
<context>
    <name>FilterEditor</name>
    <message>
        <source>{filter}: earlier</source>
        <translation>{filter}: früher</translation>
    </message>
    <message>
        <source>{filter}: later</source>
        <translation>{filter}: später</translation>
    </message>
    <message>
        <source>Remove {filter}</source>
        <translation>{filter} entfernen</translation>
    </message>
</context>
<context>
    <name>FilterKind</name>
    <message>
        <source>Release</source>
        <translation>Ausklang</translation>
    </message>
    <message>
        <source>Noise suppression</source>
        <translation>Rauschunterdrückung</translation>
    </message>
    <message>
        <source>Takes a steady noise out: fans, hum, hiss.</source>
        <translation>Nimmt gleichmäßige Geräusche heraus: Lüfter, Brummen, Rauschen.</translation>
    </message>
    <message>
        <source>Reduction</source>
        <translation>Absenkung</translation>
    </message>
    <message>
        <source>Noise level</source>
        <translation>Rauschpegel</translation>
    </message>
    <message>
        <source>Gate</source>
        <translation>Noise-Gate</translation>
    </message>
    <message>
        <source>Closes while nobody speaks.</source>
        <translation>Schließt, solange niemand spricht.</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>Schwelle</translation>
    </message>
    <message>
        <source>Attack</source>
        <translation>Einschwingen</translation>
    </message>
    <message>
        <source>Compressor</source>
        <translation>Kompressor</translation>
    </message>
    <message>
        <source>Makes loud and soft more alike.</source>
        <translation>Gleicht Laut und Leise an.</translation>
    </message>
    <message>
        <source>Ratio</source>
        <translation>Verhältnis</translation>
    </message>
    <message>
        <source>Make-up gain</source>
        <translation>Aufholverstärkung</translation>
    </message>
    <message>
        <source>Limiter</source>
        <translation>Begrenzer</translation>
    </message>
    <message>
        <source>Lets nothing be louder than a limit.</source>
        <translation>Lässt nichts lauter als eine Grenze werden.</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Grenze</translation>
    </message>
</context>
<context>
    <name>ImageForm</name>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Picture file</source>
        <translation>Bilddatei</translation>
    </message>
</context>
<context>
    <name>LayerCanvas</name>
    <message>
        <source>Layers on the picture</source>
        <translation>Ebenen auf dem Bild</translation>
    </message>
    <message>
        <source>Arrow keys move the selected layer, with Shift in larger steps. Page up and page down select another. Delete removes it.</source>
        <translation>Pfeiltasten bewegen die gewählte Ebene, mit Umschalt in größeren Schritten. Bild auf und Bild ab wählen eine andere. Entf entfernt sie.</translation>
    </message>
</context>
<context>
    <name>LayerForm</name>
    <message>
        <source>Opacity</source>
        <translation>Deckkraft</translation>
    </message>
    <message>
        <source>Fill the picture</source>
        <translation>Das Bild füllen</translation>
    </message>
    <message>
        <source>Undo the crop</source>
        <translation>Zuschnitt aufheben</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Links</translation>
    </message>
    <message>
        <source>Top</source>
        <translation>Oben</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>Cut off left</source>
        <translation>Beschnitt links</translation>
    </message>
    <message>
        <source>Cut off right</source>
        <translation>Beschnitt rechts</translation>
    </message>
    <message>
        <source>Cut off top</source>
        <translation>Beschnitt oben</translation>
    </message>
    <message>
        <source>Cut off bottom</source>
        <translation>Beschnitt unten</translation>
    </message>
    <message>
        <source>In its place</source>
        <translation>An seinem Platz</translation>
    </message>
    <message>
        <source>All of it, with empty edges</source>
        <translation>Ganz, mit leeren Rändern</translation>
    </message>
    <message>
        <source>Fill, with edges cut off</source>
        <translation>Füllend, mit beschnittenen Rändern</translation>
    </message>
    <message>
        <source>Stretch</source>
        <translation>Verzerrt</translation>
    </message>
</context>
<context>
    <name>LayerList</name>
    <message>
        <source>Layers, the foremost first</source>
        <translation>Ebenen, die vorderste zuerst</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>verborgen</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>gesperrt</translation>
    </message>
</context>
<context>
    <name>LayerRow</name>
    <message>
        <source>Lock</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Verbergen</translation>
    </message>
    <message>
        <source>Unlock {name}</source>
        <translation>{name} entsperren</translation>
    </message>
    <message>
        <source>Lock {name}</source>
        <translation>{name} sperren</translation>
    </message>
    <message>
        <source>Hide {name}</source>
        <translation>{name} verbergen</translation>
    </message>
    <message>
        <source>Show {name}</source>
        <translation>{name} zeigen</translation>
    </message>
</context>
<context>
    <name>LevelMeter</name>
    <message>
        <source>Too loud: the sound is cut off.</source>
        <translation>Zu laut: der Ton wird abgeschnitten.</translation>
    </message>
</context>
<context>
    <name>LoudnessChip</name>
    <message>
        <source>Loudness of the last three seconds. Most platforms turn down what is louder than −14 LUFS, and none turns anything up.</source>
        <translation>Lautheit der letzten drei Sekunden. Die meisten Plattformen senken, was lauter als −14 LUFS ist, und keine hebt etwas an.</translation>
    </message>
    <message>
        <source>No sound</source>
        <translation>Kein Ton</translation>
    </message>
    <message>
        <source>soft</source>
        <translation>leise</translation>
    </message>
    <message>
        <source>loud</source>
        <translation>laut</translation>
    </message>
    <message>
        <source>much too loud</source>
        <translation>viel zu laut</translation>
    </message>
</context>
<context>
    <name>MediaForm</name>
    <message>
        <source>Media files</source>
        <translation>Mediendateien</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
    <message>
        <source>Media file</source>
        <translation>Mediendatei</translation>
    </message>
    <message>
        <source>Play again and again</source>
        <translation>Immer wieder abspielen</translation>
    </message>
    <message>
        <source>Play from the beginning</source>
        <translation>Von vorn abspielen</translation>
    </message>
</context>
<context>
    <name>PathForm</name>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
</context>
<context>
    <name>PortraitView</name>
    <message>
        <source>Portrait</source>
        <translation>Hochformat</translation>
    </message>
    <message>
        <source>What the audience sees on upright screens.</source>
        <translation>Was das Publikum auf hochkant gehaltenen Geräten sieht.</translation>
    </message>
    <message>
        <source>This scene has a portrait layout of its own. It is on air, but not shown here.</source>
        <translation>Diese Szene hat eine eigene Anordnung im Hochformat. Sie ist auf Sendung, wird hier aber nicht gezeigt.</translation>
    </message>
</context>
<context>
    <name>PreviewView</name>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>The program as the audience sees it.</source>
        <translation>Das Programm, wie das Publikum es sieht.</translation>
    </message>
</context>
<context>
    <name>PrivacyButton</name>
    <message>
        <source>Cut to “Be right back” and mute everything at once</source>
        <translation>Sofort auf „Gleich zurück“ schalten und alles stummschalten</translation>
    </message>
    <message>
        <source>Privacy is on</source>
        <translation>Privatsphäre ist an</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Privatsphäre</translation>
    </message>
</context>
<context>
    <name>ProgramCard</name>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>{size} · {fps} fps</source>
        <translation>{size} · {fps} B/s</translation>
    </message>
    <message>
        <source>All layers of this scene are hidden.</source>
        <translation>Alle Ebenen dieser Szene sind verborgen.</translation>
    </message>
    <message>
        <source>This scene shows nothing yet. Add something by “Sources…”.</source>
        <translation>Diese Szene zeigt noch nichts. Mit „Quellen…“ etwas hinzufügen.</translation>
    </message>
</context>
<context>
    <name>RecordingCard</name>
    <message>
        <source>Split</source>
        <translation>Teilen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Aufzeichnung</translation>
    </message>
    <message>
        <source>Safe on disk to {time} · file {number}</source>
        <translation>Sicher gespeichert bis {time} · Datei {number}</translation>
    </message>
    <message>
        <source>Safe on disk to {time}</source>
        <translation>Sicher gespeichert bis {time}</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Resume the recording</source>
        <translation>Aufzeichnung fortsetzen</translation>
    </message>
    <message>
        <source>Pause the recording</source>
        <translation>Aufzeichnung anhalten</translation>
    </message>
    <message>
        <source>Split the recording</source>
        <translation>Aufzeichnung teilen</translation>
    </message>
    <message>
        <source>Begin a new file, without losing a frame</source>
        <translation>Eine neue Datei beginnen, ohne ein Bild zu verlieren</translation>
    </message>
    <message>
        <source>Begins when you go live</source>
        <translation>Beginnt mit der Sendung</translation>
    </message>
    <message>
        <source>This stream is not recorded</source>
        <translation>Dieser Stream wird nicht aufgezeichnet</translation>
    </message>
    <message>
        <source>Waiting for the first picture</source>
        <translation>Wartet auf das erste Bild</translation>
    </message>
    <message>
        <source>Paused: the stream goes on</source>
        <translation>Angehalten: der Stream läuft weiter</translation>
    </message>
    <message>
        <source>NOT RECORDING</source>
        <translation>KEINE AUFZEICHNUNG</translation>
    </message>
    <message>
        <source>Finishing</source>
        <translation>Wird fertiggestellt</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Not known now</source>
        <translation>Zurzeit unbekannt</translation>
    </message>
</context>
<context>
    <name>RoomLabel</name>
    <message>
        <source>{size} free · {time} left</source>
        <translation>{size} frei · noch {time}</translation>
    </message>
    <message>
        <source>Room for recordings on their disk</source>
        <translation>Platz für Aufzeichnungen auf ihrer Festplatte</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} min</translation>
    </message>
    <message>
        <source>{hours} h</source>
        <translation>{hours} h</translation>
    </message>
</context>
<context>
    <name>SceneMenu</name>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <source>Move left</source>
        <translation>Nach links</translation>
    </message>
    <message>
        <source>Move right</source>
        <translation>Nach rechts</translation>
    </message>
    <message>
        <source>Delete: switch to another scene first</source>
        <translation>Löschen: zuerst zu einer anderen Szene wechseln</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete “{name}” now</source>
        <translation>„{name}“ jetzt löschen</translation>
    </message>
</context>
<context>
    <name>SceneStrip</name>
    <message>
        <source>+ Scene</source>
        <translation>+ Szene</translation>
    </message>
    <message>
        <source>Empty scene</source>
        <translation>Leere Szene</translation>
    </message>
    <message>
        <source>Copy of “{name}”</source>
        <translation>Kopie von „{name}“</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>Szene</translation>
    </message>
    <message>
        <source>Name of the scene</source>
        <translation>Name der Szene</translation>
    </message>
</context>
<context>
    <name>SceneTile</name>
    <message>
        <source>On now.</source>
        <translation>Jetzt an.</translation>
    </message>
</context>
<context>
    <name>ScreenForm</name>
    <message>
        <source>Screen</source>
        <translation>Bildschirm</translation>
    </message>
    <message>
        <source>Show the mouse pointer</source>
        <translation>Mauszeiger zeigen</translation>
    </message>
    <message>
        <source>The first screen</source>
        <translation>Der erste Bildschirm</translation>
    </message>
</context>
<context>
    <name>SourceKind</name>
    <message>
        <source>Screen</source>
        <translation>Bildschirm</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Media file</source>
        <translation>Mediendatei</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Test picture</source>
        <translation>Testbild</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
</context>
<context>
    <name>SourcesPanel</name>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>+ Source</source>
        <translation>+ Quelle</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Further to the front</source>
        <translation>Weiter nach vorn</translation>
    </message>
    <message>
        <source>Further to the back</source>
        <translation>Weiter nach hinten</translation>
    </message>
    <message>
        <source>Remove from this scene</source>
        <translation>Aus dieser Szene entfernen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>The studio is starting…</source>
        <translation>Das Studio startet…</translation>
    </message>
    <message>
        <source>This scene shows nothing yet.</source>
        <translation>Diese Szene zeigt noch nichts.</translation>
    </message>
    <message>
        <source>Add a screen, a camera, a picture or a text.</source>
        <translation>Einen Bildschirm, eine Kamera, ein Bild oder einen Text hinzufügen.</translation>
    </message>
    <message>
        <source>Select a layer, here or on the picture.</source>
        <translation>Eine Ebene wählen, hier oder auf dem Bild.</translation>
    </message>
    <message>
        <source>Drag it to move it, its handles to resize it. Alt crops, Shift keeps the shape, Ctrl does not snap.</source>
        <translation>Ziehen bewegt sie, die Griffe ändern die Größe. Alt beschneidet, Umschalt behält die Form, Strg rastet nicht ein.</translation>
    </message>
</context>
<context>
    <name>StudioPage</name>
    <message>
        <source>Sources…</source>
        <translation>Quellen…</translation>
    </message>
</context>
<context>
    <name>TextForm</name>
    <message>
        <source>Fixed text</source>
        <translation>Fester Text</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Uhr</translation>
    </message>
    <message>
        <source>Countdown</source>
        <translation>Countdown</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Counts down to</source>
        <translation>Zählt bis</translation>
    </message>
    <message>
        <source>Shows</source>
        <translation>Zeigt</translation>
    </message>
    <message>
        <source>Bold</source>
        <translation>Fett</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Links</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>Mitte</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Rechts</translation>
    </message>
    <message>
        <source>Font</source>
        <translation>Schrift</translation>
    </message>
    <message>
        <source>Height of a line</source>
        <translation>Zeilenhöhe</translation>
    </message>
    <message>
        <source>Alignment</source>
        <translation>Ausrichtung</translation>
    </message>
    <message>
        <source>Colour of the outline</source>
        <translation>Farbe des Rands</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>Rand</translation>
    </message>
    <message>
        <source>%H:%M shows hours and minutes, %S seconds.</source>
        <translation>%H:%M zeigt Stunden und Minuten, %S Sekunden.</translation>
    </message>
    <message>
        <source>What stands before the time; may be empty.</source>
        <translation>Was vor der Zeit steht; kann leer sein.</translation>
    </message>
</context>
<context>
    <name>TransitionButton</name>
    <message>
        <source>How the next scene comes on</source>
        <translation>Wie die nächste Szene kommt</translation>
    </message>
    <message>
        <source>Transition: {kind}</source>
        <translation>Übergang: {kind}</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Schnitt</translation>
    </message>
    <message>
        <source>Fade {duration_ms} ms</source>
        <translation>Blende {duration_ms} ms</translation>
    </message>
</context>
<context>
    <name>WindowForm</name>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>No window is open that could be shown.</source>
        <translation>Kein Fenster ist offen, das gezeigt werden könnte.</translation>
    </message>
</context>
<context>
    <name>WindowHandle</name>
    <message>
        <source>Window of the portrait rendition</source>
        <translation>Ausschnitt der Fassung im Hochformat</translation>
    </message>
    <message>
        <source>Drag it to where the portrait rendition shall look.</source>
        <translation>Dorthin ziehen, wohin die Fassung im Hochformat sehen soll.</translation>
    </message>
</context>
</TS>
