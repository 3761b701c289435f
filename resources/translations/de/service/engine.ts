<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>any</name>
    <message>
        <source>The file {name} uses a codec that is not supported.</source>
        <translation>Die Datei {name} benutzt einen Codec, der nicht unterstützt wird.</translation>
    </message>
    <message>
        <source>Nothing in the file {name} can be decoded.</source>
        <translation>Nichts in der Datei {name} kann dekodiert werden.</translation>
    </message>
    <message>
        <source>The file {name} holds {codec}, which cannot be decoded.</source>
        <translation>Die Datei {name} enthält {codec}, das nicht dekodiert werden kann.</translation>
    </message>
    <message>
        <source>Convert it to H.264 first.</source>
        <translation>Zuerst in H.264 umwandeln.</translation>
    </message>
    <message>
        <source>The engine was given no key to publish with.</source>
        <translation>Die Engine hat keinen Schlüssel zum Senden bekommen.</translation>
    </message>
    <message>
        <source>There is nothing to publish.</source>
        <translation>Es gibt nichts zu senden.</translation>
    </message>
    <message>
        <source>Choose the landscape, the portrait, or both.</source>
        <translation>Querformat, Hochformat oder beides wählen.</translation>
    </message>
    <message>
        <source>Landscape and portrait must have the same number of frames a second.</source>
        <translation>Querformat und Hochformat müssen gleich viele Bilder je Sekunde haben.</translation>
    </message>
    <message>
        <source>One clock makes both, so that they stay in step.</source>
        <translation>Eine Uhr macht beide, damit sie im Takt bleiben.</translation>
    </message>
    <message>
        <source>This program has no {rendition*} rendition.</source>
        <translation>Dieses Programm hat keine Fassung im {rendition}.</translation>
    </message>
    <message>
        <source>Start the engine with settings for it.</source>
        <translation>Die Engine mit Einstellungen dafür starten.</translation>
    </message>
    <message>
        <source>The engine publishes to the relay on this machine only.</source>
        <translation>Die Engine sendet nur an das Relay auf diesem Computer.</translation>
    </message>
    <message>
        <source>The address must look like rtmp://127.0.0.1:1935/live.</source>
        <translation>Die Adresse muss aussehen wie rtmp://127.0.0.1:1935/live.</translation>
    </message>
    <message>
        <source>A key can be held for {least} to {most} s, not {n}.</source>
        <translation>Eine Taste kann {least} bis {most} s gehalten werden, nicht {n}.</translation>
    </message>
    <message>
        <source>The engine runs already.</source>
        <translation>Die Engine läuft schon.</translation>
    </message>
    <message>
        <source>Start another one.</source>
        <translation>Eine andere starten.</translation>
    </message>
    <message>
        <source>The engine has not been started yet.</source>
        <translation>Die Engine ist noch nicht gestartet.</translation>
    </message>
    <message>
        <source>The first command is start.</source>
        <translation>Der erste Befehl ist start.</translation>
    </message>
    <message>
        <source>scenes</source>
        <translation>Szenen</translation>
    </message>
    <message>
        <source>sound settings</source>
        <translation>Toneinstellungen</translation>
    </message>
    <message>
        <source>The file of your {what*} cannot be read.</source>
        <translation>Die Datei mit {what} kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>See whether {path} may be read, and whether its disk is well.</source>
        <translation>Nachsehen, ob {path} gelesen werden darf, und ob der Datenträger in Ordnung ist.</translation>
    </message>
    <message>
        <source>The file of your {what*} is damaged, and cannot be put aside.</source>
        <translation>Die Datei mit {what} ist beschädigt, und lässt sich nicht beiseitelegen.</translation>
    </message>
    <message>
        <source>The file of your {what*} was written by a newer version of PowerStream, and cannot be put aside.</source>
        <translation>Die Datei mit {what} stammt von einer neueren Version von PowerStream, und lässt sich nicht beiseitelegen.</translation>
    </message>
    <message>
        <source>The file of your {what*} is damaged. It was kept as {name}; these are the {same*} of a first start.</source>
        <translation>Die Datei mit {what} ist beschädigt. Sie ist als {name} aufgehoben; dies hier ist der Stand eines ersten Starts ({same}).</translation>
    </message>
    <message>
        <source>The file of your {what*} was written by a newer version of PowerStream. It was kept as {name}; these are the {same*} of a first start.</source>
        <translation>Die Datei mit {what} stammt von einer neueren Version von PowerStream. Sie ist als {name} aufgehoben; dies hier ist der Stand eines ersten Starts ({same}).</translation>
    </message>
    <message>
        <source>Your {what*} are saved again.</source>
        <translation>{what} werden wieder gespeichert.</translation>
    </message>
    <message>
        <source>Nobody says any more that the key of a push-to-talk channel is held.</source>
        <translation>Niemand sagt mehr, dass die Taste eines Sprechtasten-Kanals gehalten wird.</translation>
    </message>
    <message>
        <source>{display} is not the name of a display.</source>
        <translation>{display} ist kein Name einer Anzeige.</translation>
    </message>
    <message>
        <source>Display names look like :0 or :99.</source>
        <translation>Namen von Anzeigen sehen aus wie :0 oder :99.</translation>
    </message>
    <message>
        <source>This is a Wayland desktop without X11; choose the test picture or a media file as the source.</source>
        <translation>Das ist ein Wayland-Desktop ohne X11; das Testbild oder eine Mediendatei als Quelle wählen.</translation>
    </message>
    <message>
        <source>Name one with --display, or choose the test picture or a media file as the source.</source>
        <translation>Eine mit --display nennen, oder das Testbild oder eine Mediendatei als Quelle wählen.</translation>
    </message>
    <message>
        <source>The encoder {name} does not answer.</source>
        <translation>Der Encoder {name} antwortet nicht.</translation>
    </message>
    <message>
        <source>The encoder {name} takes pictures and gives none.</source>
        <translation>Der Encoder {name} nimmt Bilder und gibt keine.</translation>
    </message>
    <message>
        <source>Its process cannot be started.</source>
        <translation>Sein Prozess kann nicht gestartet werden.</translation>
    </message>
    <message>
        <source>It did not answer within {n} s.</source>
        <translation>Er hat binnen {n} s nicht geantwortet.</translation>
    </message>
    <message>
        <source>The encoder {name} could not be measured.</source>
        <translation>Der Encoder {name} konnte nicht gemessen werden.</translation>
    </message>
    <message>
        <source>Trying it ended its process (exit code {code}).</source>
        <translation>Der Versuch hat seinen Prozess beendet (Exit-Code {code}).</translation>
    </message>
    <message>
        <source>It takes {taken} pictures and gives {given}.</source>
        <translation>Er nimmt {taken} Bilder und gibt {given}.</translation>
    </message>
    <message>
        <source>Its key frames are not those that were asked for.</source>
        <translation>Seine Schlüsselbilder sind nicht die verlangten.</translation>
    </message>
    <message>
        <source>What it makes cannot be decoded.</source>
        <translation>Was er macht, kann nicht dekodiert werden.</translation>
    </message>
    <message>
        <source>It makes another picture of what it is given.</source>
        <translation>Er macht aus dem, was er bekommt, ein anderes Bild.</translation>
    </message>
    <message>
        <source>The {what*} can be {low} to {high} {unit*}, not {value}.</source>
        <translation>Möglich sind {low} bis {high} {unit}, nicht {value} ({what}).</translation>
    </message>
    <message>
        <source>The balance can be {low} to {high}, not {value}.</source>
        <translation>Die Balance kann {low} bis {high} sein, nicht {value}.</translation>
    </message>
    <message>
        <source>noise reduction</source>
        <translation>Rauschminderung</translation>
    </message>
    <message>
        <source>noise floor</source>
        <translation>Grundrauschen</translation>
    </message>
    <message>
        <source>gate's threshold</source>
        <translation>Schwelle des Gates</translation>
    </message>
    <message>
        <source>gate's reduction</source>
        <translation>Minderung des Gates</translation>
    </message>
    <message>
        <source>gate's attack</source>
        <translation>Attack des Gates</translation>
    </message>
    <message>
        <source>gate's release</source>
        <translation>Release des Gates</translation>
    </message>
    <message>
        <source>compressor's threshold</source>
        <translation>Schwelle des Kompressors</translation>
    </message>
    <message>
        <source>compressor's ratio</source>
        <translation>Verhältnis des Kompressors</translation>
    </message>
    <message>
        <source>compressor's attack</source>
        <translation>Attack des Kompressors</translation>
    </message>
    <message>
        <source>compressor's release</source>
        <translation>Release des Kompressors</translation>
    </message>
    <message>
        <source>compressor's make-up gain</source>
        <translation>Aufholverstärkung des Kompressors</translation>
    </message>
    <message>
        <source>limiter's limit</source>
        <translation>Grenze des Limiters</translation>
    </message>
    <message>
        <source>limiter's release</source>
        <translation>Release des Limiters</translation>
    </message>
    <message>
        <source>gain</source>
        <translation>Verstärkung</translation>
    </message>
    <message>
        <source>sync offset</source>
        <translation>Versatz</translation>
    </message>
    <message>
        <source>to 1</source>
        <translation>zu 1</translation>
    </message>
    <message>
        <source>A channel can have {most} filters, not {n}.</source>
        <translation>Ein Kanal kann {most} Filter haben, nicht {n}.</translation>
    </message>
    <message>
        <source>Remove some.</source>
        <translation>Einige entfernen.</translation>
    </message>
    <message>
        <source>Two channels have the same id.</source>
        <translation>Zwei Kanäle haben dieselbe Kennung.</translation>
    </message>
    <message>
        <source>Restore the studio from its last copy.</source>
        <translation>Das Studio aus seiner letzten Kopie wiederherstellen.</translation>
    </message>
    <message>
        <source>There can be {most} channels, not {n}.</source>
        <translation>Es kann {most} Kanäle geben, nicht {n}.</translation>
    </message>
    <message>
        <source>The program is on air already.</source>
        <translation>Das Programm ist schon auf Sendung.</translation>
    </message>
    <message>
        <source>Go off the air first.</source>
        <translation>Zuerst die Sendung beenden.</translation>
    </message>
    <message>
        <source>The program is not on air.</source>
        <translation>Das Programm ist nicht auf Sendung.</translation>
    </message>
    <message>
        <source>Go off the air instead.</source>
        <translation>Stattdessen die Sendung beenden.</translation>
    </message>
    <message>
        <source>The broadcast is not touched; ask for a smaller preview.</source>
        <translation>Die Sendung ist nicht betroffen; um eine kleinere Vorschau bitten.</translation>
    </message>
    <message>
        <source>There is no preview of {size} pixels.</source>
        <translation>Eine Vorschau mit {size} Pixeln gibt es nicht.</translation>
    </message>
    <message>
        <source>Ask for {least} to {most} pixels.</source>
        <translation>Um {least} bis {most} Pixel bitten.</translation>
    </message>
    <message>
        <source>A preview shows 1 to {most} pictures a second, not {n}.</source>
        <translation>Eine Vorschau zeigt 1 bis {most} Bilder je Sekunde, nicht {n}.</translation>
    </message>
    <message>
        <source>{value} is not a size.</source>
        <translation>{value} ist keine Größe.</translation>
    </message>
    <message>
        <source>It should look like 1280x720.</source>
        <translation>Sie sollte aussehen wie 1280x720.</translation>
    </message>
    <message>
        <source>The relay refused the stream ({code}).</source>
        <translation>Das Relay hat den Stream abgelehnt ({code}).</translation>
    </message>
    <message>
        <source>The relay asks for a user name and a password.</source>
        <translation>Das Relay verlangt Benutzername und Passwort.</translation>
    </message>
    <message>
        <source>The relay closed the connection before it took the stream.</source>
        <translation>Das Relay hat die Verbindung geschlossen, bevor es den Stream annahm.</translation>
    </message>
    <message>
        <source>A layer's place is not a number.</source>
        <translation>Der Ort einer Ebene ist keine Zahl.</translation>
    </message>
    <message>
        <source>A layer cannot lie there.</source>
        <translation>Dort kann keine Ebene liegen.</translation>
    </message>
    <message>
        <source>Move it back to the picture.</source>
        <translation>Sie zurück ins Bild schieben.</translation>
    </message>
    <message>
        <source>An opacity lies between 0 and 1.</source>
        <translation>Eine Deckkraft liegt zwischen 0 und 1.</translation>
    </message>
    <message>
        <source>A colour has levels from 0 to 255.</source>
        <translation>Eine Farbe hat Werte von 0 bis 255.</translation>
    </message>
    <message>
        <source>No camera has pictures of that size.</source>
        <translation>Keine Kamera hat Bilder dieser Größe.</translation>
    </message>
    <message>
        <source>No camera has that many pictures a second.</source>
        <translation>Keine Kamera hat so viele Bilder je Sekunde.</translation>
    </message>
    <message>
        <source>A line of text is as high as the picture at most.</source>
        <translation>Eine Textzeile ist höchstens so hoch wie das Bild.</translation>
    </message>
    <message>
        <source>An outline is as wide as its line is high at most.</source>
        <translation>Ein Umriss ist höchstens so breit, wie seine Zeile hoch ist.</translation>
    </message>
    <message>
        <source>A countdown cannot end then.</source>
        <translation>Ein Countdown kann dann nicht enden.</translation>
    </message>
    <message>
        <source>{name} cannot be the name of a {what*}.</source>
        <translation>{name} kann kein Name sein ({what}).</translation>
    </message>
    <message>
        <source>scene</source>
        <translation>Szene</translation>
    </message>
    <message>
        <source>source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>channel</source>
        <translation>Kanal</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>Ebene</translation>
    </message>
    <message>
        <source>Give it 1 to {n} characters in one line.</source>
        <translation>1 bis {n} Zeichen in einer Zeile vergeben.</translation>
    </message>
    <message>
        <source>An id has 1 to {n} characters that can be printed.</source>
        <translation>Eine Kennung hat 1 bis {n} druckbare Zeichen.</translation>
    </message>
    <message>
        <source>{what*} has at most {n} characters.</source>
        <translation>{what} hat höchstens {n} Zeichen.</translation>
    </message>
    <message>
        <source>The name of a screen</source>
        <translation>Der Name eines Bildschirms</translation>
    </message>
    <message>
        <source>The title of a window</source>
        <translation>Der Titel eines Fensters</translation>
    </message>
    <message>
        <source>The name of a camera</source>
        <translation>Der Name einer Kamera</translation>
    </message>
    <message>
        <source>The name of a font</source>
        <translation>Der Name einer Schrift</translation>
    </message>
    <message>
        <source>A text</source>
        <translation>Ein Text</translation>
    </message>
    <message>
        <source>The portrait window must lie inside the picture.</source>
        <translation>Das Hochformat-Fenster muss im Bild liegen.</translation>
    </message>
    <message>
        <source>{name} has no portrait layout.</source>
        <translation>{name} hat keine Anordnung für das Hochformat.</translation>
    </message>
    <message>
        <source>It takes a window of the landscape picture.</source>
        <translation>Es nimmt einen Ausschnitt des Querformats.</translation>
    </message>
    <message>
        <source>There is no such {what*}.</source>
        <translation>Das gibt es nicht: {what}.</translation>
    </message>
    <message>
        <source>Two things in the studio have the same id.</source>
        <translation>Zwei Dinge im Studio haben dieselbe Kennung.</translation>
    </message>
    <message>
        <source>A layer shows a source that is not there.</source>
        <translation>Eine Ebene zeigt eine Quelle, die nicht da ist.</translation>
    </message>
    <message>
        <source>The scene that is on is not there.</source>
        <translation>Die Szene, die auf Sendung ist, ist nicht da.</translation>
    </message>
    <message>
        <source>{what*} gives no picture.</source>
        <translation>{what} gibt kein Bild.</translation>
    </message>
    <message>
        <source>Use one below 128 MB.</source>
        <translation>Eines unter 128 MB benutzen.</translation>
    </message>
    <message>
        <source>Use an SVG below 8 MB.</source>
        <translation>Ein SVG unter 8 MB benutzen.</translation>
    </message>
    <message>
        <source>The image {name} refers to other files, which are never fetched.</source>
        <translation>Das Bild {name} verweist auf andere Dateien, die nie geholt werden.</translation>
    </message>
    <message>
        <source>Embed them in the SVG, or export it as PNG.</source>
        <translation>Sie in das SVG einbetten, oder es als PNG exportieren.</translation>
    </message>
    <message>
        <source>The image {name} is too large: {size} pixels.</source>
        <translation>Das Bild {name} ist zu groß: {size} Pixel.</translation>
    </message>
    <message>
        <source>Use one of at most 64 million pixels.</source>
        <translation>Eines mit höchstens 64 Millionen Pixeln benutzen.</translation>
    </message>
    <message>
        <source>Allow PowerStream to record the screen in the system's privacy settings, then start it again.</source>
        <translation>PowerStream in den Datenschutz-Einstellungen des Systems die Aufnahme des Bildschirms erlauben, dann neu starten.</translation>
    </message>
    <message>
        <source>The pictures of the {what*} cannot be read.</source>
        <translation>Die Bilder können nicht gelesen werden: {what}.</translation>
    </message>
    <message>
        <source>The {what*} is gone.</source>
        <translation>Nicht mehr da: {what}.</translation>
    </message>
    <message>
        <source>It is shown again as soon as it is there.</source>
        <translation>Es wird wieder gezeigt, sobald es da ist.</translation>
    </message>
    <message>
        <source>The {what*} cannot be captured.</source>
        <translation>Kann nicht aufgenommen werden: {what}.</translation>
    </message>
    <message>
        <source>screen</source>
        <translation>Bildschirm</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>Bildschirm</translation>
    </message>
    <message>
        <source>screen {name}</source>
        <translation>Bildschirm {name}</translation>
    </message>
    <message>
        <source>Screen {name}</source>
        <translation>Bildschirm {name}</translation>
    </message>
    <message>
        <source>window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>window {name}</source>
        <translation>Fenster {name}</translation>
    </message>
    <message>
        <source>Window {name}</source>
        <translation>Fenster {name}</translation>
    </message>
    <message>
        <source>Install the library libpulse.</source>
        <translation>Die Bibliothek libpulse installieren.</translation>
    </message>
    <message>
        <source>Install a virtual device such as BlackHole and choose it as a microphone.</source>
        <translation>Ein virtuelles Gerät wie BlackHole installieren und als Mikrofon wählen.</translation>
    </message>
    <message>
        <source>macOS lets no program record what it plays.</source>
        <translation>macOS lässt kein Programm aufnehmen, was es abspielt.</translation>
    </message>
    <message>
        <source>This source is not on air.</source>
        <translation>Diese Quelle ist nicht auf Sendung.</translation>
    </message>
    <message>
        <source>Switch to a scene that shows it.</source>
        <translation>Zu einer Szene wechseln, die sie zeigt.</translation>
    </message>
    <message>
        <source>The source {name} cannot be {what*} any more.</source>
        <translation>Die Quelle {name} kann nicht mehr benutzt werden ({what}).</translation>
    </message>
    <message>
        <source>heard</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>shown</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>read</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>{n} frames a second is outside what can be sent.</source>
        <translation>{n} Bilder je Sekunde sind außerhalb dessen, was gesendet werden kann.</translation>
    </message>
    <message>
        <source>Choose 1 to {most}, usually 30 or 60.</source>
        <translation>1 bis {most} wählen, üblich sind 30 oder 60.</translation>
    </message>
    <message>
        <source>The encoder {name} cannot make {codec}.</source>
        <translation>Der Encoder {name} kann kein {codec} machen.</translation>
    </message>
    <message>
        <source>Choose {name}, or auto.</source>
        <translation>{name} wählen, oder automatisch.</translation>
    </message>
    <message>
        <source>A video bitrate of {n} kbit/s is outside what can be sent.</source>
        <translation>Eine Videobitrate von {n} kbit/s ist außerhalb dessen, was gesendet werden kann.</translation>
    </message>
    <message>
        <source>Choose {least} to {most}; 4500 suits 1280x720 at 30 frames a second.</source>
        <translation>{least} bis {most} wählen; 4500 passt zu 1280x720 mit 30 Bildern je Sekunde.</translation>
    </message>
    <message>
        <source>A picture of {size} is outside what can be sent.</source>
        <translation>Ein Bild von {size} ist außerhalb dessen, was gesendet werden kann.</translation>
    </message>
    <message>
        <source>Choose a size from {least} to {most}, such as 1280x720.</source>
        <translation>Eine Größe von {least} bis {most} wählen, etwa 1280x720.</translation>
    </message>
    <message>
        <source>A picture of {size} cannot be encoded.</source>
        <translation>Ein Bild von {size} kann nicht kodiert werden.</translation>
    </message>
    <message>
        <source>Width and height must be even numbers.</source>
        <translation>Breite und Höhe müssen gerade Zahlen sein.</translation>
    </message>
    <message>
        <source>The file {name} cannot be played as a camera.</source>
        <translation>Die Datei {name} kann nicht als Kamera abgespielt werden.</translation>
    </message>
    <message>
        <source>The file {name} cannot be read any more.</source>
        <translation>Die Datei {name} kann nicht mehr gelesen werden.</translation>
    </message>
</context>
</TS>
