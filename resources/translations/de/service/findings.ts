<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>any</name>
    <message>
        <source>YouTube Studio, Create, Go live, Stream: Stream key.</source>
        <translation>YouTube Studio, Erstellen, Livestream starten, Stream: Streamschlüssel.</translation>
    </message>
    <message>
        <source>Twitch, Creator Dashboard, Settings, Stream: Primary stream key.</source>
        <translation>Twitch, Creator-Dashboard, Einstellungen, Stream: Primärer Streamschlüssel.</translation>
    </message>
    <message>
        <source>Facebook, Live Producer, Streaming software: Stream key. It expires when nobody uses it for 24 hours.</source>
        <translation>Facebook, Live Producer, Streaming-Software: Streamschlüssel. Er verfällt, wenn ihn 24 Stunden niemand benutzt.</translation>
    </message>
    <message>
        <source>Kick, Creator Dashboard, Settings, Stream: Stream URL and Stream key.</source>
        <translation>Kick, Creator Dashboard, Settings, Stream: Stream URL und Stream key.</translation>
    </message>
    <message>
        <source>The page of the LinkedIn event: Stream URL and Stream key. Every event has its own, and the account must be approved.</source>
        <translation>Die Seite der LinkedIn-Veranstaltung: Stream-URL und Stream-Schlüssel. Jede Veranstaltung hat eigene, und das Konto muss freigegeben sein.</translation>
    </message>
    <message>
        <source>TikTok Live Center: Server URL and Stream key. Both change with every broadcast.</source>
        <translation>TikTok Live Center: Server-URL und Stream-Schlüssel. Beide ändern sich mit jeder Sendung.</translation>
    </message>
    <message>
        <source>Instagram on the web, Create, Live video: Stream key. It serves one broadcast.</source>
        <translation>Instagram im Browser, Erstellen, Livevideo: Stream-Schlüssel. Er gilt für eine Sendung.</translation>
    </message>
    <message>
        <source>X, Media Studio, Producer, Sources: RTMP stream key. The account needs Premium.</source>
        <translation>X, Media Studio, Producer, Sources: RTMP stream key. Das Konto braucht Premium.</translation>
    </message>
    <message>
        <source>Trovo, Creator Studio, Stream: Stream key.</source>
        <translation>Trovo, Creator Studio, Stream: Stream key.</translation>
    </message>
    <message>
        <source>Rumble, Live streaming, the slot of the broadcast: Server URL and Stream key.</source>
        <translation>Rumble, Livestreaming, der Platz der Sendung: Server-URL und Stream-Schlüssel.</translation>
    </message>
    <message>
        <source>Restream, Streaming setup: Stream key.</source>
        <translation>Restream, Streaming setup: Stream key.</translation>
    </message>
    <message>
        <source>{name} has no stream key.</source>
        <translation>{name} hat keinen Stream-Schlüssel.</translation>
    </message>
    <message>
        <source>Enter the key that its server expects.</source>
        <translation>Den Schlüssel eingeben, den der Server erwartet.</translation>
    </message>
    <message>
        <source>The stream key of {name} cannot be used: {reason*}</source>
        <translation>Der Stream-Schlüssel von {name} kann nicht benutzt werden: {reason}</translation>
    </message>
    <message>
        <source>The stream key of {name} {flaw*}.</source>
        <translation>Der Stream-Schlüssel von {name} {flaw}.</translation>
    </message>
    <message>
        <source>The stream key of {name} looks like a key of {owner}, not of {platform}.</source>
        <translation>Der Stream-Schlüssel von {name} sieht aus wie einer von {owner}, nicht von {platform}.</translation>
    </message>
    <message>
        <source>The stream key of {name} does not look like a key of {platform}.</source>
        <translation>Der Stream-Schlüssel von {name} sieht nicht aus wie einer von {platform}.</translation>
    </message>
    <message>
        <source>It looks like {example}.</source>
        <translation>Er sieht so aus: {example}.</translation>
    </message>
    <message>
        <source>{platform} takes the broadcast of {name} as a test: nobody will see it.</source>
        <translation>{platform} nimmt die Sendung von {name} als Test: niemand wird sie sehen.</translation>
    </message>
    <message>
        <source>Take {suffix} off the stream key to go on air.</source>
        <translation>{suffix} vom Stream-Schlüssel entfernen, um auf Sendung zu gehen.</translation>
    </message>
    <message>
        <source>is the row of dots that a page shows instead of it</source>
        <translation>ist die Reihe von Punkten, die eine Seite statt seiner zeigt</translation>
    </message>
    <message>
        <source>is an address</source>
        <translation>ist eine Adresse</translation>
    </message>
    <message>
        <source>stands in quotes</source>
        <translation>steht in Anführungszeichen</translation>
    </message>
    <message>
        <source>has blanks in it</source>
        <translation>enthält Leerzeichen</translation>
    </message>
    <message>
        <source>The stream key of {name} was saved {days} days ago and has probably expired.</source>
        <translation>Der Stream-Schlüssel von {name} wurde vor {days} Tagen gespeichert und ist wahrscheinlich abgelaufen.</translation>
    </message>
    <message>
        <source>Paste today's key.</source>
        <translation>Den heutigen Schlüssel einfügen.</translation>
    </message>
    <message>
        <source>The server URL of {name} seems to hold the stream key, and URLs are shown.</source>
        <translation>Die Server-Adresse von {name} scheint den Stream-Schlüssel zu enthalten, und Adressen werden gezeigt.</translation>
    </message>
    <message>
        <source>Cut it behind the application, and put the key into its own field.</source>
        <translation>Hinter der Anwendung abschneiden, und den Schlüssel in sein eigenes Feld setzen.</translation>
    </message>
    <message>
        <source>{platform} takes no plain rtmp://, and the key of {name} could be read on the way.</source>
        <translation>{platform} nimmt kein einfaches rtmp://, und der Schlüssel von {name} könnte unterwegs gelesen werden.</translation>
    </message>
    <message>
        <source>Use the rtmps:// address from the platform's page.</source>
        <translation>Die rtmps://-Adresse von der Seite der Plattform benutzen.</translation>
    </message>
    <message>
        <source>{first} and {second} have the same stream key.</source>
        <translation>{first} und {second} haben denselben Stream-Schlüssel.</translation>
    </message>
    <message>
        <source>Copy the key of {name} again.</source>
        <translation>Den Schlüssel von {name} erneut kopieren.</translation>
    </message>
    <message>
        <source>The backup server of {name} is its first server once more.</source>
        <translation>Der Ersatzserver von {name} ist noch einmal der erste Server.</translation>
    </message>
    <message>
        <source>Name the platform's second server, or set backup to off.</source>
        <translation>Den zweiten Server der Plattform nennen, oder den Ersatz ausschalten.</translation>
    </message>
    <message>
        <source>{first} and {second} send to the same server with the same stream key.</source>
        <translation>{first} und {second} senden mit demselben Stream-Schlüssel an denselben Server.</translation>
    </message>
    <message>
        <source>Remove one of them: the platform takes one stream per key and would throw the other one out.</source>
        <translation>Eines davon entfernen: die Plattform nimmt einen Stream je Schlüssel und würde das andere hinauswerfen.</translation>
    </message>
    <message>
        <source>{platform} may take no more than {limit*} (unconfirmed); the plan has {planned*}.</source>
        <translation>{platform} nimmt vielleicht nicht mehr als {limit} (unbestätigt); geplant sind {planned}.</translation>
    </message>
    <message>
        <source>If it does not work, set {thing*} to {setting*}.</source>
        <translation>Wenn es nicht geht: {thing} auf {setting} stellen.</translation>
    </message>
    <message>
        <source>{platform} sets this limit: {limit*}; the plan has {planned*}.</source>
        <translation>{platform} setzt diese Grenze: {limit}; geplant sind {planned}.</translation>
    </message>
    <message>
        <source>Set {thing*} to {setting*}.</source>
        <translation>{thing} auf {setting} stellen.</translation>
    </message>
    <message>
        <source>Set {thing*} to {setting*}, the limit of {platform}.</source>
        <translation>{thing} auf {setting} stellen, die Grenze von {platform}.</translation>
    </message>
    <message>
        <source>the video bitrate</source>
        <translation>die Video-Bitrate</translation>
    </message>
    <message>
        <source>the audio bitrate</source>
        <translation>die Audio-Bitrate</translation>
    </message>
    <message>
        <source>the picture size</source>
        <translation>die Bildgröße</translation>
    </message>
    <message>
        <source>the frame rate</source>
        <translation>die Bildrate</translation>
    </message>
    <message>
        <source>{n} kbit/s of video</source>
        <translation>{n} kbit/s Video</translation>
    </message>
    <message>
        <source>{n} kbit/s of sound</source>
        <translation>{n} kbit/s Ton</translation>
    </message>
    <message>
        <source>{n} kbit/s</source>
        <translation>{n} kbit/s</translation>
    </message>
    <message>
        <source>{n} frames a second</source>
        <translation>{n} Bilder pro Sekunde</translation>
    </message>
    <message>
        <source>a picture of {size}</source>
        <translation>ein Bild von {size}</translation>
    </message>
    <message>
        <source>A key frame every {n} s is too seldom for {platform}.</source>
        <translation>Ein Schlüsselbild alle {n} s ist zu selten für {platform}.</translation>
    </message>
    <message>
        <source>Set the key frame interval to {n} s.</source>
        <translation>Abstand der Schlüsselbilder auf {n} s stellen.</translation>
    </message>
    <message>
        <source>Set the key frame interval to {n} s in the encoder.</source>
        <translation>Abstand der Schlüsselbilder im Encoder auf {n} s stellen.</translation>
    </message>
    <message>
        <source>Sound of {n} channels is planned; platforms expect stereo.</source>
        <translation>Ton mit {n} Kanälen ist geplant; Plattformen erwarten Stereo.</translation>
    </message>
    <message>
        <source>Set the sound to stereo.</source>
        <translation>Ton auf Stereo stellen.</translation>
    </message>
    <message>
        <source>Sound at {rate} kHz is planned; platforms expect 48 or 44.1 kHz.</source>
        <translation>Ton mit {rate#} kHz ist geplant; Plattformen erwarten 48 oder 44,1 kHz.</translation>
    </message>
    <message>
        <source>Set the sample rate to 48 kHz.</source>
        <translation>Abtastrate auf 48 kHz stellen.</translation>
    </message>
    <message>
        <source>{platform} asks for sound at {wished} kHz; {planned} kHz is planned.</source>
        <translation>{platform} wünscht Ton mit {wished#} kHz; geplant sind {planned#} kHz.</translation>
    </message>
    <message>
        <source>If the sound is missing there, set the sample rate to {rate} kHz.</source>
        <translation>Wenn der Ton dort fehlt, die Abtastrate auf {rate#} kHz stellen.</translation>
    </message>
    <message>
        <source>{platform} is made for upright pictures; {name} takes {size}.</source>
        <translation>{platform} ist für Hochformat gemacht; {name} nimmt {size}.</translation>
    </message>
    <message>
        <source>{platform} is made for upright pictures (unconfirmed); {name} takes {size}.</source>
        <translation>{platform} ist für Hochformat gemacht (unbestätigt); {name} nimmt {size}.</translation>
    </message>
    <message>
        <source>{platform} is made for wide pictures; {name} takes {size}.</source>
        <translation>{platform} ist für Querformat gemacht; {name} nimmt {size}.</translation>
    </message>
    <message>
        <source>{platform} is made for wide pictures (unconfirmed); {name} takes {size}.</source>
        <translation>{platform} ist für Querformat gemacht (unbestätigt); {name} nimmt {size}.</translation>
    </message>
    <message>
        <source>Let it take the {rendition*} rendition.</source>
        <translation>Dort die Fassung im {rendition} nehmen.</translation>
    </message>
    <message>
        <source>landscape</source>
        <translation>Querformat</translation>
    </message>
    <message>
        <source>portrait</source>
        <translation>Hochformat</translation>
    </message>
    <message>
        <source>{platform} does not accept {codec}.</source>
        <translation>{platform} nimmt {codec} nicht an.</translation>
    </message>
    <message>
        <source>{platform} does not accept {codec} (unconfirmed).</source>
        <translation>{platform} nimmt {codec} nicht an (unbestätigt).</translation>
    </message>
    <message>
        <source>It takes {codecs}: choose one of them in the encoder.</source>
        <translation>Angenommen werden {codecs}: im Encoder eines davon wählen.</translation>
    </message>
    <message>
        <source>{name} takes the {rendition*} rendition, which is not going to be sent.</source>
        <translation>{name} nimmt die Fassung im {rendition}, die nicht gesendet wird.</translation>
    </message>
    <message>
        <source>Let it take the other one.</source>
        <translation>Dort die andere nehmen.</translation>
    </message>
    <message>
        <source>The certificate of {name} ends {when*}.</source>
        <translation>Das Zertifikat von {name} endet {when}.</translation>
    </message>
    <message>
        <source>within a day</source>
        <translation>innerhalb eines Tages</translation>
    </message>
    <message>
        <source>in 1 day</source>
        <translation>in 1 Tag</translation>
    </message>
    <message>
        <source>in {n} days</source>
        <translation>in {n} Tagen</translation>
    </message>
    <message>
        <source>Unless the service renews it, no connection can be made after that.</source>
        <translation>Erneuert der Dienst es nicht, ist danach keine Verbindung mehr möglich.</translation>
    </message>
    <message>
        <source>It said: {words}</source>
        <translation>Die Antwort war: {words}</translation>
    </message>
    <message>
        <source>Your encoder sends a key frame every {n} s; {platform} wants one every {wished} s.</source>
        <translation>Der Encoder sendet alle {n} s ein Schlüsselbild; {platform} will alle {wished} s eines.</translation>
    </message>
    <message>
        <source>More is sent than {platform} takes, which is {limit*}.</source>
        <translation>Gesendet wird mehr, als {platform} nimmt, nämlich {limit}.</translation>
    </message>
    <message>
        <source>The sound comes {n} s ahead of its picture.</source>
        <translation>Der Ton kommt {n#} s vor seinem Bild.</translation>
    </message>
    <message>
        <source>The sound comes {n} s behind its picture.</source>
        <translation>Der Ton kommt {n#} s nach seinem Bild.</translation>
    </message>
    <message>
        <source>Check the delay of the sound in the encoder.</source>
        <translation>Die Verzögerung des Tons im Encoder prüfen.</translation>
    </message>
    <message>
        <source>{who*} needs {rate*} of upload, with a reserve of 30 %.</source>
        <translation>{who} braucht {rate} Upload, mit 30 % Reserve.</translation>
    </message>
    <message>
        <source>{who*} needs {rate*} of upload, with a reserve of 30 %; your upload gives {given*}.</source>
        <translation>{who} braucht {rate} Upload, mit 30 % Reserve; der Anschluss gibt {given} her.</translation>
    </message>
    <message>
        <source>{who*} needs {rate*} of upload, with a reserve of 30 %; the last broadcast that filled your line measured {given*}.</source>
        <translation>{who} braucht {rate} Upload, mit 30 % Reserve; die letzte Sendung, die den Anschluss gefüllt hat, maß {given}.</translation>
    </message>
    <message>
        <source>{who*} need {rate*} of upload, with a reserve of 30 %.</source>
        <translation>{who} brauchen {rate} Upload, mit 30 % Reserve.</translation>
    </message>
    <message>
        <source>{who*} need {rate*} of upload, with a reserve of 30 %; your upload gives {given*}.</source>
        <translation>{who} brauchen {rate} Upload, mit 30 % Reserve; der Anschluss gibt {given} her.</translation>
    </message>
    <message>
        <source>{who*} need {rate*} of upload, with a reserve of 30 %; the last broadcast that filled your line measured {given*}.</source>
        <translation>{who} brauchen {rate} Upload, mit 30 % Reserve; die letzte Sendung, die den Anschluss gefüllt hat, maß {given}.</translation>
    </message>
    <message>
        <source>1 destination</source>
        <translation>1 Ziel</translation>
    </message>
    <message>
        <source>{n} destinations</source>
        <translation>{n} Ziele</translation>
    </message>
    <message>
        <source>1 destination with 1 hot backup</source>
        <translation>1 Ziel mit 1 mitlaufenden Ersatz</translation>
    </message>
    <message>
        <source>{n} destinations with 1 hot backup</source>
        <translation>{n} Ziele mit 1 mitlaufenden Ersatz</translation>
    </message>
    <message>
        <source>{n} destinations with {m} hot backups</source>
        <translation>{n} Ziele mit {m} mitlaufenden Ersatzservern</translation>
    </message>
    <message>
        <source>{n} Mbit/s</source>
        <translation>{n#} Mbit/s</translation>
    </message>
    <message>
        <source>Compare that with the upload of your line; a speed test tells it.</source>
        <translation>Mit dem Upload des Anschlusses vergleichen; ein Geschwindigkeitstest nennt ihn.</translation>
    </message>
    <message>
        <source>Use a faster connection: this one is too slow for a broadcast.</source>
        <translation>Eine schnellere Verbindung benutzen: diese ist zu langsam für eine Sendung.</translation>
    </message>
    <message>
        <source>Switch the hot backups off.</source>
        <translation>Den mitlaufenden Ersatz ausschalten.</translation>
    </message>
    <message>
        <source>Switch the hot backups off, or {other*}.</source>
        <translation>Den mitlaufenden Ersatz ausschalten, oder {other}.</translation>
    </message>
    <message>
        <source>Stream to {platforms*} at most.</source>
        <translation>Zu höchstens {platforms} streamen.</translation>
    </message>
    <message>
        <source>Stream to {platforms*} at most, or {other*}.</source>
        <translation>Zu höchstens {platforms} streamen, oder {other}.</translation>
    </message>
    <message>
        <source>Stream to {platforms*} at most and without a hot backup.</source>
        <translation>Zu höchstens {platforms} und ohne mitlaufenden Ersatz streamen.</translation>
    </message>
    <message>
        <source>Stream to {platforms*} at most and without a hot backup, or {other*}.</source>
        <translation>Zu höchstens {platforms} und ohne mitlaufenden Ersatz streamen, oder {other}.</translation>
    </message>
    <message>
        <source>1 platform</source>
        <translation>1 Plattform</translation>
    </message>
    <message>
        <source>{n} platforms</source>
        <translation>{n} Plattformen</translation>
    </message>
    <message>
        <source>set the video to {n} kbit/s</source>
        <translation>das Video auf {n} kbit/s stellen</translation>
    </message>
    <message>
        <source>Set the video to {n} kbit/s.</source>
        <translation>Das Video auf {n} kbit/s stellen.</translation>
    </message>
    <message>
        <source>set every video bitrate to {n} % of what it is</source>
        <translation>jede Video-Bitrate auf {n} % stellen</translation>
    </message>
    <message>
        <source>Set every video bitrate to {n} % of what it is.</source>
        <translation>Jede Video-Bitrate auf {n} % stellen.</translation>
    </message>
    <message>
        <source>PowerStream is back and takes the broadcast up again.</source>
        <translation>PowerStream ist zurück und nimmt die Sendung wieder auf.</translation>
    </message>
    <message>
        <source>This computer is too slow for the {rendition*} picture: frames are being skipped.</source>
        <translation>Dieser Computer ist zu langsam für das Bild im {rendition}: Bilder werden ausgelassen.</translation>
    </message>
    <message>
        <source>Close other programs, or choose a smaller picture or fewer frames a second.</source>
        <translation>Andere Programme schließen, oder ein kleineres Bild oder weniger Bilder pro Sekunde wählen.</translation>
    </message>
    <message>
        <source>The sound is {n} ms later than its picture.</source>
        <translation>Der Ton ist {n} ms später als sein Bild.</translation>
    </message>
    <message>
        <source>The sound is {n} ms earlier than its picture.</source>
        <translation>Der Ton ist {n} ms früher als sein Bild.</translation>
    </message>
    <message>
        <source>Close programs that keep this computer busy; if it stays so, correct the sync offset of the channel.</source>
        <translation>Programme schließen, die diesen Computer beschäftigen; bleibt es so, den Versatz des Kanals korrigieren.</translation>
    </message>
    <message>
        <source>{name} seems frozen: its picture does not change any more.</source>
        <translation>{name} scheint eingefroren: das Bild ändert sich nicht mehr.</translation>
    </message>
    <message>
        <source>One that gives no pictures at all is opened again by itself. If it stays so, unplug it and plug it in again.</source>
        <translation>Gibt sie gar keine Bilder, wird sie von selbst neu geöffnet. Bleibt es so, abziehen und wieder anstecken.</translation>
    </message>
    <message>
        <source>{name} has been black for {n} seconds.</source>
        <translation>{name} ist seit {n} Sekunden schwarz.</translation>
    </message>
    <message>
        <source>Unlock the screen. Protected films cannot be captured; on macOS, allow screen recording in the settings.</source>
        <translation>Den Bildschirm entsperren. Geschützte Filme können nicht aufgenommen werden; unter macOS die Bildschirmaufnahme in den Einstellungen erlauben.</translation>
    </message>
    <message>
        <source>{name} gives {n} pictures a second instead of {wanted}.</source>
        <translation>{name} gibt {n} Bilder pro Sekunde statt {wanted}.</translation>
    </message>
    <message>
        <source>A camera needs more light or a smaller picture; a screen, programs that keep the computer less busy.</source>
        <translation>Eine Kamera braucht mehr Licht oder ein kleineres Bild; ein Bildschirm Programme, die den Computer weniger beschäftigen.</translation>
    </message>
    <message>
        <source>The picture on air has been black for {n} seconds.</source>
        <translation>Das Bild auf Sendung ist seit {n} Sekunden schwarz.</translation>
    </message>
    <message>
        <source>Look whether the scene's sources are visible and show anything.</source>
        <translation>Nachsehen, ob die Quellen der Szene sichtbar sind und etwas zeigen.</translation>
    </message>
    <message>
        <source>Nothing has been heard from {name} for {n} seconds.</source>
        <translation>Von {name} ist seit {n} Sekunden nichts zu hören.</translation>
    </message>
    <message>
        <source>Speak, and look at its meter. If it stays dark, choose another microphone or raise its level.</source>
        <translation>Sprechen und auf die Aussteuerung sehen. Bleibt sie dunkel, ein anderes Mikrofon wählen oder den Pegel anheben.</translation>
    </message>
    <message>
        <source>{name} is switched off.</source>
        <translation>{name} ist ausgeschaltet.</translation>
    </message>
    <message>
        <source>Look for a mute button on the microphone, its cable or the keyboard, and in the system's sound settings.</source>
        <translation>Nach einer Stummtaste an Mikrofon, Kabel oder Tastatur und in den Toneinstellungen des Systems sehen.</translation>
    </message>
    <message>
        <source>{name} is too loud and distorts.</source>
        <translation>{name} ist zu laut und verzerrt.</translation>
    </message>
    <message>
        <source>Lower its level in the system's sound settings, or move away from the microphone.</source>
        <translation>Den Pegel in den Toneinstellungen des Systems senken, oder vom Mikrofon weggehen.</translation>
    </message>
    <message>
        <source>{name} is heard {n} ms too late.</source>
        <translation>{name} ist {n} ms zu spät zu hören.</translation>
    </message>
    <message>
        <source>{name} is heard {n} ms too early.</source>
        <translation>{name} ist {n} ms zu früh zu hören.</translation>
    </message>
    <message>
        <source>Close programs that keep this computer busy; if it stays so, plug the device in again.</source>
        <translation>Programme schließen, die diesen Computer beschäftigen; bleibt es so, das Gerät neu anstecken.</translation>
    </message>
    <message>
        <source>Copy it from the platform's page for broadcasters.</source>
        <translation>Ihn von der Seite der Plattform für Sendende kopieren.</translation>
    </message>
    <message>
        <source>PowerStream's service is not running.</source>
        <translation>Der Dienst von PowerStream läuft nicht.</translation>
    </message>
    <message>
        <source>Start PowerStream, or powerstream serve.</source>
        <translation>PowerStream starten, oder powerstream serve.</translation>
    </message>
    <message>
        <source>PowerStream's service does not answer.</source>
        <translation>Der Dienst von PowerStream antwortet nicht.</translation>
    </message>
    <message>
        <source>Wait a moment, then look how things stand.</source>
        <translation>Einen Moment warten, dann nachsehen, wie es steht.</translation>
    </message>
    <message>
        <source>PowerStream's service broke off its answer.</source>
        <translation>Der Dienst von PowerStream hat seine Antwort abgebrochen.</translation>
    </message>
    <message>
        <source>Look how things stand, then try again.</source>
        <translation>Nachsehen, wie es steht, dann erneut versuchen.</translation>
    </message>
    <message>
        <source>PowerStream's service cannot be reached.</source>
        <translation>Der Dienst von PowerStream ist nicht zu erreichen.</translation>
    </message>
    <message>
        <source>PowerStream's service did not come up.</source>
        <translation>Der Dienst von PowerStream ist nicht gestartet.</translation>
    </message>
    <message>
        <source>Its log is in {folder}.</source>
        <translation>Sein Protokoll liegt in {folder}.</translation>
    </message>
    <message>
        <source>PowerStream's service cannot be run: {reason}.</source>
        <translation>Der Dienst von PowerStream kann nicht ausgeführt werden: {reason}.</translation>
    </message>
    <message>
        <source>Install PowerStream again.</source>
        <translation>PowerStream neu installieren.</translation>
    </message>
    <message>
        <source>The service's answer is not understood.</source>
        <translation>Die Antwort des Dienstes ist nicht zu verstehen.</translation>
    </message>
    <message>
        <source>Window, scripts and service must be of one version; start PowerStream again.</source>
        <translation>Fenster, Skripte und Dienst müssen von einer Version sein; PowerStream neu starten.</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>Erneut versuchen.</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>Gleich noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Change the request.</source>
        <translation>Die Anfrage ändern.</translation>
    </message>
    <message>
        <source>Look at what this computer reports, then try again.</source>
        <translation>Nachsehen, was dieser Computer meldet, dann erneut versuchen.</translation>
    </message>
    <message>
        <source>Try again; the log has the details.</source>
        <translation>Erneut versuchen; das Protokoll weiß mehr.</translation>
    </message>
    <message>
        <source>PowerStream made a mistake.</source>
        <translation>PowerStream hat einen Fehler gemacht.</translation>
    </message>
    <message>
        <source>Try again. Please report it, with the log: this is a fault of ours.</source>
        <translation>Erneut versuchen. Bitte mit dem Protokoll melden: das ist ein Fehler von uns.</translation>
    </message>
    <message>
        <source>This token is not good, or no longer.</source>
        <translation>Diese Zugangsmarke gilt nicht, oder nicht mehr.</translation>
    </message>
    <message>
        <source>This is done at the computer that PowerStream runs on.</source>
        <translation>Das geschieht an dem Computer, auf dem PowerStream läuft.</translation>
    </message>
    <message>
        <source>Too many requests.</source>
        <translation>Zu viele Anfragen.</translation>
    </message>
    <message>
        <source>Wait {n} s, and ask less often.</source>
        <translation>{n} s warten, und seltener fragen.</translation>
    </message>
    <message>
        <source>A broadcast runs already.</source>
        <translation>Es läuft schon eine Sendung.</translation>
    </message>
    <message>
        <source>End it before you start another one.</source>
        <translation>Sie beenden, bevor eine andere beginnt.</translation>
    </message>
    <message>
        <source>The broadcast before is still ending.</source>
        <translation>Die Sendung davor wird noch beendet.</translation>
    </message>
    <message>
        <source>Wait a moment, then start again.</source>
        <translation>Einen Moment warten, dann erneut beginnen.</translation>
    </message>
    <message>
        <source>No broadcast runs.</source>
        <translation>Es läuft keine Sendung.</translation>
    </message>
    <message>
        <source>The broadcast is ending.</source>
        <translation>Die Sendung wird beendet.</translation>
    </message>
    <message>
        <source>Start a new one.</source>
        <translation>Eine neue beginnen.</translation>
    </message>
    <message>
        <source>No endpoint is selected.</source>
        <translation>Kein Ziel ist gewählt.</translation>
    </message>
    <message>
        <source>No endpoint is active.</source>
        <translation>Kein Ziel ist eingeschaltet.</translation>
    </message>
    <message>
        <source>The profile {name} has no endpoints.</source>
        <translation>Das Profil {name} hat keine Ziele.</translation>
    </message>
    <message>
        <source>{name} has no active endpoint.</source>
        <translation>{name} hat kein eingeschaltetes Ziel.</translation>
    </message>
    <message>
        <source>Choose at least one endpoint, or begin without any: the broadcast is recorded and can be watched here.</source>
        <translation>Mindestens ein Ziel wählen, oder ohne beginnen: die Sendung wird aufgezeichnet und kann hier angesehen werden.</translation>
    </message>
    <message>
        <source>The broadcast does not go to this endpoint.</source>
        <translation>Die Sendung geht nicht an dieses Ziel.</translation>
    </message>
    <message>
        <source>Reload the list of destinations.</source>
        <translation>Die Liste der Ziele neu laden.</translation>
    </message>
    <message>
        <source>A fault of ours ended the broadcast.</source>
        <translation>Ein Fehler von uns hat die Sendung beendet.</translation>
    </message>
    <message>
        <source>PowerStream ended unexpectedly; what happened afterwards is not known.</source>
        <translation>PowerStream endete unerwartet; was danach geschah, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>The encoder vanished.</source>
        <translation>Der Encoder ist verschwunden.</translation>
    </message>
    <message>
        <source>The encoder did not come back for {n} s.</source>
        <translation>Der Encoder kam {n} s lang nicht zurück.</translation>
    </message>
    <message>
        <source>Start the broadcast again; the engine's log says more.</source>
        <translation>Die Sendung neu beginnen; das Protokoll der Engine weiß mehr.</translation>
    </message>
    <message>
        <source>The engine is not running.</source>
        <translation>Die Engine läuft nicht.</translation>
    </message>
    <message>
        <source>It is being started again; try again in a moment.</source>
        <translation>Sie wird gerade neu gestartet; gleich noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The engine does not answer.</source>
        <translation>Die Engine antwortet nicht.</translation>
    </message>
    <message>
        <source>The engine does not come up.</source>
        <translation>Die Engine startet nicht.</translation>
    </message>
    <message>
        <source>The engine stopped answering and was ended.</source>
        <translation>Die Engine hat nicht mehr geantwortet und wurde beendet.</translation>
    </message>
    <message>
        <source>The engine ended unexpectedly.</source>
        <translation>Die Engine endete unerwartet.</translation>
    </message>
    <message>
        <source>Its log says more.</source>
        <translation>Ihr Protokoll weiß mehr.</translation>
    </message>
    <message>
        <source>PowerStream is ending.</source>
        <translation>PowerStream wird beendet.</translation>
    </message>
    <message>
        <source>The computer slept for {n} s.</source>
        <translation>Der Computer hat {n} s geschlafen.</translation>
    </message>
    <message>
        <source>Whatever was live is connected again now.</source>
        <translation>Was live war, ist jetzt wieder verbunden.</translation>
    </message>
    <message>
        <source>The relay cannot be reached.</source>
        <translation>Das Relay ist nicht zu erreichen.</translation>
    </message>
    <message>
        <source>The relay closed the connection.</source>
        <translation>Das Relay hat die Verbindung geschlossen.</translation>
    </message>
    <message>
        <source>The relay takes no data.</source>
        <translation>Das Relay nimmt keine Daten an.</translation>
    </message>
    <message>
        <source>The relay did not answer.</source>
        <translation>Das Relay hat nicht geantwortet.</translation>
    </message>
    <message>
        <source>The encoder {name} refused to work.</source>
        <translation>Der Encoder {name} verweigert die Arbeit.</translation>
    </message>
    <message>
        <source>Try a smaller picture, fewer frames a second or a lower bitrate.</source>
        <translation>Ein kleineres Bild, weniger Bilder pro Sekunde oder eine niedrigere Bitrate versuchen.</translation>
    </message>
    <message>
        <source>{title} does not work on this computer; {other} is used instead.</source>
        <translation>{title} geht auf diesem Computer nicht; stattdessen wird {other} benutzt.</translation>
    </message>
    <message>
        <source>Choose auto, or bring its driver up to date.</source>
        <translation>auto wählen, oder den Treiber aktualisieren.</translation>
    </message>
    <message>
        <source>What was recorded until then is kept and plays.</source>
        <translation>Was bis dahin aufgezeichnet ist, bleibt und lässt sich abspielen.</translation>
    </message>
    <message>
        <source>The disk is full: the recording has stopped.</source>
        <translation>Der Datenträger ist voll: die Aufzeichnung hat aufgehört.</translation>
    </message>
    <message>
        <source>Your disk quota is used up: the recording has stopped.</source>
        <translation>Der zugeteilte Platz ist aufgebraucht: die Aufzeichnung hat aufgehört.</translation>
    </message>
    <message>
        <source>The recording has reached the largest file this disk or account allows.</source>
        <translation>Die Aufzeichnung hat die größte Datei erreicht, die Datenträger oder Konto erlauben.</translation>
    </message>
    <message>
        <source>The disk has become read-only: the recording has stopped.</source>
        <translation>Der Datenträger ist schreibgeschützt: die Aufzeichnung hat aufgehört.</translation>
    </message>
    <message>
        <source>The disk reports a fault: the recording has stopped.</source>
        <translation>Der Datenträger meldet einen Fehler: die Aufzeichnung hat aufgehört.</translation>
    </message>
    <message>
        <source>The disk or the folder of the recording is gone.</source>
        <translation>Der Datenträger oder der Ordner der Aufzeichnung ist weg.</translation>
    </message>
    <message>
        <source>Reconnect the disk or choose another folder.</source>
        <translation>Den Datenträger wieder verbinden oder einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>The recording cannot be written to the disk.</source>
        <translation>Die Aufzeichnung kann nicht auf den Datenträger geschrieben werden.</translation>
    </message>
    <message>
        <source>There is too little space for a recording in {folder}: {size} are free, {size} are needed to begin.</source>
        <translation>In {folder} ist zu wenig Platz für eine Aufzeichnung: {size} sind frei, {size} sind zum Beginnen nötig.</translation>
    </message>
    <message>
        <source>There is no space left for a recording in {folder}.</source>
        <translation>In {folder} ist kein Platz mehr für eine Aufzeichnung.</translation>
    </message>
    <message>
        <source>Free some space or choose another folder.</source>
        <translation>Platz schaffen oder einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>The recording folder {folder} cannot be written to.</source>
        <translation>In den Aufzeichnungsordner {folder} kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>The recording folder {folder} is not a folder.</source>
        <translation>Der Aufzeichnungsordner {folder} ist kein Ordner.</translation>
    </message>
    <message>
        <source>The recording folder {folder} does not answer.</source>
        <translation>Der Aufzeichnungsordner {folder} antwortet nicht.</translation>
    </message>
    <message>
        <source>Connect its disk or its network, or choose another folder.</source>
        <translation>Seine Platte oder sein Netzwerk verbinden, oder einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>The recording folder {folder} cannot be used.</source>
        <translation>Der Aufzeichnungsordner {folder} kann nicht benutzt werden.</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>Einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>Choose a folder that you may write to.</source>
        <translation>Einen Ordner wählen, in den geschrieben werden darf.</translation>
    </message>
    <message>
        <source>The disk did not take the end of the recording in time.</source>
        <translation>Der Datenträger hat das Ende der Aufzeichnung nicht rechtzeitig angenommen.</translation>
    </message>
    <message>
        <source>What is on the disk plays; wait before you remove the disk.</source>
        <translation>Was auf dem Datenträger ist, lässt sich abspielen; vor dem Entfernen warten.</translation>
    </message>
    <message>
        <source>The recording broke because of a fault of ours.</source>
        <translation>Die Aufzeichnung brach wegen eines Fehlers von uns ab.</translation>
    </message>
    <message>
        <source>The stream cannot be written into a recording.</source>
        <translation>Der Stream kann nicht aufgezeichnet werden.</translation>
    </message>
    <message>
        <source>The disk is full: the stream cannot be watched from this machine.</source>
        <translation>Der Datenträger ist voll: der Stream kann hier nicht angesehen werden.</translation>
    </message>
    <message>
        <source>Free some space: then a new file begins by itself.</source>
        <translation>Platz schaffen: dann beginnt von selbst eine neue Datei.</translation>
    </message>
    <message>
        <source>Free some space; it comes back by itself.</source>
        <translation>Platz schaffen; er kommt von selbst zurück.</translation>
    </message>
    <message>
        <source>The camera is not available.</source>
        <translation>Die Kamera ist nicht verfügbar.</translation>
    </message>
    <message>
        <source>The camera gives no picture.</source>
        <translation>Die Kamera gibt kein Bild.</translation>
    </message>
    <message>
        <source>Check its cable.</source>
        <translation>Ihr Kabel prüfen.</translation>
    </message>
    <message>
        <source>The camera {name} seems frozen.</source>
        <translation>Die Kamera {name} scheint eingefroren.</translation>
    </message>
    <message>
        <source>The camera stopped answering.</source>
        <translation>Die Kamera antwortet nicht mehr.</translation>
    </message>
    <message>
        <source>Unplug it and plug it in again if it does not come back.</source>
        <translation>Abziehen und wieder anstecken, wenn sie nicht zurückkommt.</translation>
    </message>
    <message>
        <source>The camera's process ended unexpectedly.</source>
        <translation>Der Prozess der Kamera endete unerwartet.</translation>
    </message>
    <message>
        <source>It is started again.</source>
        <translation>Er wird neu gestartet.</translation>
    </message>
    <message>
        <source>The camera is not connected.</source>
        <translation>Die Kamera ist nicht verbunden.</translation>
    </message>
    <message>
        <source>Plug it in; it is used as soon as it is there.</source>
        <translation>Anstecken; sie wird benutzt, sobald sie da ist.</translation>
    </message>
    <message>
        <source>The camera cannot be opened.</source>
        <translation>Die Kamera kann nicht geöffnet werden.</translation>
    </message>
    <message>
        <source>Close other programs that use it, and check that this user may use cameras.</source>
        <translation>Andere Programme schließen, die sie benutzen, und prüfen, ob dieser Benutzer Kameras benutzen darf.</translation>
    </message>
    <message>
        <source>The camera stopped giving pictures.</source>
        <translation>Die Kamera gibt keine Bilder mehr.</translation>
    </message>
    <message>
        <source>The camera at {address} does not answer.</source>
        <translation>Die Kamera unter {address} antwortet nicht.</translation>
    </message>
    <message>
        <source>Check that it is on, and its address, user name and password.</source>
        <translation>Prüfen, ob sie eingeschaltet ist, und Adresse, Benutzername und Passwort.</translation>
    </message>
    <message>
        <source>The camera at {address} stopped sending.</source>
        <translation>Die Kamera unter {address} sendet nicht mehr.</translation>
    </message>
    <message>
        <source>Check that it is on and connected.</source>
        <translation>Prüfen, ob sie eingeschaltet und verbunden ist.</translation>
    </message>
    <message>
        <source>This source is not available.</source>
        <translation>Diese Quelle ist nicht verfügbar.</translation>
    </message>
    <message>
        <source>There is no file {name}.</source>
        <translation>Es gibt keine Datei {name}.</translation>
    </message>
    <message>
        <source>There is no image {name}.</source>
        <translation>Es gibt kein Bild {name}.</translation>
    </message>
    <message>
        <source>Check the path.</source>
        <translation>Den Pfad prüfen.</translation>
    </message>
    <message>
        <source>{name} is a folder, not an image.</source>
        <translation>{name} ist ein Ordner, kein Bild.</translation>
    </message>
    <message>
        <source>{name} is a folder, not a media file.</source>
        <translation>{name} ist ein Ordner, keine Mediendatei.</translation>
    </message>
    <message>
        <source>The image {name} may not be read by this user.</source>
        <translation>Das Bild {name} darf dieser Benutzer nicht lesen.</translation>
    </message>
    <message>
        <source>The file {name} may not be read by this user.</source>
        <translation>Die Datei {name} darf dieser Benutzer nicht lesen.</translation>
    </message>
    <message>
        <source>The image {name} could not be read.</source>
        <translation>Das Bild {name} konnte nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The file {name} could not be read.</source>
        <translation>Die Datei {name} konnte nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The image {name} is too large.</source>
        <translation>Das Bild {name} ist zu groß.</translation>
    </message>
    <message>
        <source>The file {name} is not an image, or it is damaged.</source>
        <translation>Die Datei {name} ist kein Bild, oder sie ist beschädigt.</translation>
    </message>
    <message>
        <source>Use a PNG, JPEG, WebP, GIF or SVG file.</source>
        <translation>Eine Datei in PNG, JPEG, WebP, GIF oder SVG benutzen.</translation>
    </message>
    <message>
        <source>The file {name} is not a media file, or it is damaged.</source>
        <translation>Die Datei {name} ist keine Mediendatei, oder sie ist beschädigt.</translation>
    </message>
    <message>
        <source>Try to play it in a player first.</source>
        <translation>Zuerst versuchen, sie in einem Player abzuspielen.</translation>
    </message>
    <message>
        <source>The file {name} has no video.</source>
        <translation>Die Datei {name} hat kein Video.</translation>
    </message>
    <message>
        <source>Choose a file with a picture in it.</source>
        <translation>Eine Datei mit Bild wählen.</translation>
    </message>
    <message>
        <source>This computer has no such sound device.</source>
        <translation>Dieser Computer hat kein solches Tongerät.</translation>
    </message>
    <message>
        <source>Plug one in.</source>
        <translation>Eines anstecken.</translation>
    </message>
    <message>
        <source>The chosen sound device is not plugged in.</source>
        <translation>Das gewählte Tongerät ist nicht angesteckt.</translation>
    </message>
    <message>
        <source>Plug it in.</source>
        <translation>Anstecken.</translation>
    </message>
    <message>
        <source>The sound device stopped.</source>
        <translation>Das Tongerät hat aufgehört.</translation>
    </message>
    <message>
        <source>The sound device stopped answering.</source>
        <translation>Das Tongerät antwortet nicht mehr.</translation>
    </message>
    <message>
        <source>Plug it in again if it does not come back.</source>
        <translation>Neu anstecken, wenn es nicht zurückkommt.</translation>
    </message>
    <message>
        <source>Plug it in again if it stays so.</source>
        <translation>Neu anstecken, wenn es so bleibt.</translation>
    </message>
    <message>
        <source>The sound system stopped.</source>
        <translation>Das Tonsystem hat aufgehört.</translation>
    </message>
    <message>
        <source>It is tried again.</source>
        <translation>Es wird erneut versucht.</translation>
    </message>
    <message>
        <source>No sound system is running.</source>
        <translation>Es läuft kein Tonsystem.</translation>
    </message>
    <message>
        <source>Log in to a desktop, or start PulseAudio or PipeWire.</source>
        <translation>An einem Desktop anmelden, oder PulseAudio oder PipeWire starten.</translation>
    </message>
    <message>
        <source>The sound system cannot be used.</source>
        <translation>Das Tonsystem kann nicht benutzt werden.</translation>
    </message>
    <message>
        <source>Another sound device is the default now.</source>
        <translation>Ein anderes Tongerät ist jetzt das übliche.</translation>
    </message>
    <message>
        <source>Another device is used now.</source>
        <translation>Jetzt wird ein anderes Gerät benutzt.</translation>
    </message>
    <message>
        <source>Another loudspeaker was chosen.</source>
        <translation>Ein anderer Lautsprecher wurde gewählt.</translation>
    </message>
    <message>
        <source>The loudspeaker stopped.</source>
        <translation>Der Lautsprecher hat aufgehört.</translation>
    </message>
    <message>
        <source>The monitor is heard again.</source>
        <translation>Das Mithören geht wieder.</translation>
    </message>
    <message>
        <source>{name} is back.</source>
        <translation>{name} ist wieder da.</translation>
    </message>
    <message>
        <source>There is no screen {name}.</source>
        <translation>Es gibt keinen Bildschirm {name}.</translation>
    </message>
    <message>
        <source>These are there: {names}.</source>
        <translation>Vorhanden sind: {names}.</translation>
    </message>
    <message>
        <source>There is no window {name}.</source>
        <translation>Es gibt kein Fenster {name}.</translation>
    </message>
    <message>
        <source>Open it; it is shown as soon as it is there.</source>
        <translation>Öffnen; es wird gezeigt, sobald es da ist.</translation>
    </message>
    <message>
        <source>The window {name} is minimised or hidden.</source>
        <translation>Das Fenster {name} ist verkleinert oder verborgen.</translation>
    </message>
    <message>
        <source>Bring it back; it may lie behind others.</source>
        <translation>Zurückholen; es darf hinter anderen liegen.</translation>
    </message>
    <message>
        <source>The display {name} cannot be reached.</source>
        <translation>Die Anzeige {name} ist nicht zu erreichen.</translation>
    </message>
    <message>
        <source>Check that it is running and that this user may connect to it.</source>
        <translation>Prüfen, ob sie läuft und dieser Benutzer sich verbinden darf.</translation>
    </message>
    <message>
        <source>There is no display to capture: DISPLAY is not set.</source>
        <translation>Es gibt keine Anzeige zum Aufnehmen: DISPLAY ist nicht gesetzt.</translation>
    </message>
    <message>
        <source>This system has no X11 screen to capture.</source>
        <translation>Dieses System hat keinen X11-Bildschirm zum Aufnehmen.</translation>
    </message>
    <message>
        <source>Choose the test picture or a media file as the source.</source>
        <translation>Das Testbild oder eine Mediendatei als Quelle wählen.</translation>
    </message>
    <message>
        <source>There is no desktop here that could be captured.</source>
        <translation>Hier gibt es keinen Desktop zum Aufnehmen.</translation>
    </message>
    <message>
        <source>The {name} does not work.</source>
        <translation>{name} geht nicht.</translation>
    </message>
    <message>
        <source>The filters {names} do not work.</source>
        <translation>Die Filter {names} gehen nicht.</translation>
    </message>
    <message>
        <source>The sound goes on without. Remove the filter, or choose other values.</source>
        <translation>Der Ton geht ohne weiter. Den Filter entfernen, oder andere Werte wählen.</translation>
    </message>
    <message>
        <source>That would take {name} off the air.</source>
        <translation>Das nähme {name} von der Sendung.</translation>
    </message>
    <message>
        <source>Switch to another scene first.</source>
        <translation>Zuerst zu einer anderen Szene wechseln.</translation>
    </message>
    <message>
        <source>A locked layer shows this source.</source>
        <translation>Eine gesperrte Ebene zeigt diese Quelle.</translation>
    </message>
    <message>
        <source>Unlock the layer first.</source>
        <translation>Zuerst die Ebene entsperren.</translation>
    </message>
    <message>
        <source>{name} is on air.</source>
        <translation>{name} ist auf Sendung.</translation>
    </message>
    <message>
        <source>This layer is locked.</source>
        <translation>Diese Ebene ist gesperrt.</translation>
    </message>
    <message>
        <source>A layer of this scene is locked.</source>
        <translation>Eine Ebene dieser Szene ist gesperrt.</translation>
    </message>
    <message>
        <source>Unlock it first.</source>
        <translation>Zuerst entsperren.</translation>
    </message>
    <message>
        <source>There is no such layer.</source>
        <translation>Diese Ebene gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no such channel.</source>
        <translation>Diesen Kanal gibt es nicht.</translation>
    </message>
    <message>
        <source>It may have been removed already.</source>
        <translation>Vielleicht wurde er schon entfernt.</translation>
    </message>
    <message>
        <source>A crop must leave something of the picture.</source>
        <translation>Ein Zuschnitt muss etwas vom Bild übrig lassen.</translation>
    </message>
    <message>
        <source>A studio has at most {n} sources.</source>
        <translation>Ein Studio hat höchstens {n} Quellen.</translation>
    </message>
    <message>
        <source>A scene has at most {n} layers.</source>
        <translation>Eine Szene hat höchstens {n} Ebenen.</translation>
    </message>
    <message>
        <source>A studio has 1 to {n} scenes.</source>
        <translation>Ein Studio hat 1 bis {n} Szenen.</translation>
    </message>
    <message>
        <source>A transition lasts up to {n} ms.</source>
        <translation>Ein Übergang dauert bis zu {n} ms.</translation>
    </message>
    <message>
        <source>The preview cannot be made.</source>
        <translation>Die Vorschau kann nicht erzeugt werden.</translation>
    </message>
    <message>
        <source>Your {what} could not be saved.</source>
        <translation>Die Datei {what} konnte nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>See whether the disk is full; what is on air is not affected.</source>
        <translation>Nachsehen, ob der Datenträger voll ist; die Sendung ist nicht betroffen.</translation>
    </message>
    <message>
        <source>There is no such endpoint.</source>
        <translation>Dieses Ziel gibt es nicht.</translation>
    </message>
    <message>
        <source>Reload the list of endpoints.</source>
        <translation>Die Liste der Ziele neu laden.</translation>
    </message>
    <message>
        <source>An endpoint needs a name.</source>
        <translation>Ein Ziel braucht einen Namen.</translation>
    </message>
    <message>
        <source>A profile needs a name.</source>
        <translation>Ein Profil braucht einen Namen.</translation>
    </message>
    <message>
        <source>A station needs a name.</source>
        <translation>Eine Station braucht einen Namen.</translation>
    </message>
    <message>
        <source>Give it one.</source>
        <translation>Ihm einen geben.</translation>
    </message>
    <message>
        <source>There is no such profile.</source>
        <translation>Dieses Profil gibt es nicht.</translation>
    </message>
    <message>
        <source>Reload the list of profiles.</source>
        <translation>Die Liste der Profile neu laden.</translation>
    </message>
    <message>
        <source>There is no such station.</source>
        <translation>Diese Station gibt es nicht.</translation>
    </message>
    <message>
        <source>Reload the list of stations.</source>
        <translation>Die Liste der Stationen neu laden.</translation>
    </message>
    <message>
        <source>There is no such session.</source>
        <translation>Diese Sendung gibt es nicht.</translation>
    </message>
    <message>
        <source>Reload the list of sessions.</source>
        <translation>Die Liste der Sendungen neu laden.</translation>
    </message>
    <message>
        <source>There is no such replay.</source>
        <translation>Diese Aufzeichnung gibt es nicht.</translation>
    </message>
    <message>
        <source>Reload the list of replays.</source>
        <translation>Die Liste der Aufzeichnungen neu laden.</translation>
    </message>
    <message>
        <source>Another station is called {slug} already.</source>
        <translation>Eine andere Station heißt schon {slug}.</translation>
    </message>
    <message>
        <source>Choose another slug.</source>
        <translation>Ein anderes Kürzel wählen.</translation>
    </message>
    <message>
        <source>This station is on air.</source>
        <translation>Diese Station ist auf Sendung.</translation>
    </message>
    <message>
        <source>End the broadcast first.</source>
        <translation>Zuerst die Sendung beenden.</translation>
    </message>
    <message>
        <source>This station is not on air.</source>
        <translation>Diese Station ist nicht auf Sendung.</translation>
    </message>
    <message>
        <source>Go live first.</source>
        <translation>Zuerst live gehen.</translation>
    </message>
    <message>
        <source>The key was given for another server.</source>
        <translation>Der Schlüssel gehört zu einem anderen Server.</translation>
    </message>
    <message>
        <source>Give streamKey again together with the new address.</source>
        <translation>Den Schlüssel zusammen mit der neuen Adresse noch einmal angeben.</translation>
    </message>
    <message>
        <source>An endpoint needs a server address.</source>
        <translation>Ein Ziel braucht eine Server-Adresse.</translation>
    </message>
    <message>
        <source>It looks like rtmp://host/app.</source>
        <translation>Sie sieht so aus: rtmp://host/app.</translation>
    </message>
    <message>
        <source>{name} has no server address that fits all.</source>
        <translation>{name} hat keine Server-Adresse, die für alle gilt.</translation>
    </message>
    <message>
        <source>The server address seems to hold a key.</source>
        <translation>Die Server-Adresse scheint einen Schlüssel zu enthalten.</translation>
    </message>
    <message>
        <source>Cut it behind the application, and put the key into streamKey.</source>
        <translation>Hinter der Anwendung abschneiden, und den Schlüssel in sein eigenes Feld setzen.</translation>
    </message>
    <message>
        <source>The backup server's address seems to hold a key.</source>
        <translation>Die Adresse des Ersatzservers scheint einen Schlüssel zu enthalten.</translation>
    </message>
    <message>
        <source>Cut it behind the application.</source>
        <translation>Hinter der Anwendung abschneiden.</translation>
    </message>
    <message>
        <source>The file is not where it was.</source>
        <translation>Die Datei ist nicht mehr, wo sie war.</translation>
    </message>
    <message>
        <source>This replay has no file on this computer.</source>
        <translation>Diese Aufzeichnung hat keine Datei auf diesem Computer.</translation>
    </message>
    <message>
        <source>Play it where it was recorded.</source>
        <translation>Dort abspielen, wo sie aufgezeichnet wurde.</translation>
    </message>
    <message>
        <source>An empty key cannot be kept.</source>
        <translation>Ein leerer Schlüssel kann nicht aufbewahrt werden.</translation>
    </message>
    <message>
        <source>This key holds characters that are no text.</source>
        <translation>Dieser Schlüssel enthält Zeichen, die kein Text sind.</translation>
    </message>
    <message>
        <source>Copy it again.</source>
        <translation>Erneut kopieren.</translation>
    </message>
    <message>
        <source>This is not the passphrase of the stored keys.</source>
        <translation>Das ist nicht die Passphrase der gespeicherten Schlüssel.</translation>
    </message>
    <message>
        <source>Try again; mind capital letters and the keyboard's language.</source>
        <translation>Erneut versuchen; auf Großbuchstaben und die Sprache der Tastatur achten.</translation>
    </message>
    <message>
        <source>There is no keyring to keep keys in.</source>
        <translation>Es gibt keinen Schlüsselbund, um Schlüssel aufzubewahren.</translation>
    </message>
    <message>
        <source>Keep them for this run only, or in a file sealed with a passphrase; or log in to a desktop with a keyring.</source>
        <translation>Nur für diesen Lauf aufbewahren, oder in einer mit Passphrase versiegelten Datei; oder an einem Desktop mit Schlüsselbund anmelden.</translation>
    </message>
    <message>
        <source>The keyring is locked.</source>
        <translation>Der Schlüsselbund ist gesperrt.</translation>
    </message>
    <message>
        <source>Unlock it with your password, then try again.</source>
        <translation>Mit dem Passwort entsperren, dann erneut versuchen.</translation>
    </message>
    <message>
        <source>The keyring has not answered for {n} seconds.</source>
        <translation>Der Schlüsselbund hat {n} Sekunden lang nicht geantwortet.</translation>
    </message>
    <message>
        <source>It may be waiting for your password in a window of its own; unlock it there, then try again.</source>
        <translation>Vielleicht wartet er in einem eigenen Fenster auf das Passwort; dort entsperren, dann erneut versuchen.</translation>
    </message>
    <message>
        <source>The keyring did not keep or return the key.</source>
        <translation>Der Schlüsselbund hat den Schlüssel nicht aufbewahrt oder nicht zurückgegeben.</translation>
    </message>
    <message>
        <source>Try again; restart the keyring or the computer if it stays so.</source>
        <translation>Erneut versuchen; den Schlüsselbund oder den Computer neu starten, wenn es so bleibt.</translation>
    </message>
    <message>
        <source>The stored keys are sealed with a passphrase.</source>
        <translation>Die gespeicherten Schlüssel sind mit einer Passphrase versiegelt.</translation>
    </message>
    <message>
        <source>Enter the passphrase of the stored keys, then try again.</source>
        <translation>Die Passphrase der gespeicherten Schlüssel eingeben, dann erneut versuchen.</translation>
    </message>
    <message>
        <source>The disk is full: PowerStream's data cannot be saved.</source>
        <translation>Der Datenträger ist voll: die Daten von PowerStream können nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>Nothing that was saved before is lost.</source>
        <translation>Nichts, was vorher gespeichert war, ist verloren.</translation>
    </message>
    <message>
        <source>PowerStream's data may not be written.</source>
        <translation>Die Daten von PowerStream dürfen nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>There is no such device.</source>
        <translation>Dieses Gerät gibt es nicht.</translation>
    </message>
    <message>
        <source>Reload the list of devices.</source>
        <translation>Die Liste der Geräte neu laden.</translation>
    </message>
    <message>
        <source>The code is wrong, or worth nothing any more.</source>
        <translation>Der Code ist falsch, oder er gilt nicht mehr.</translation>
    </message>
    <message>
        <source>Size of the program.</source>
        <translation>Größe des Programms.</translation>
    </message>
    <message>
        <source>Size of the portrait rendition, where one is sent.</source>
        <translation>Größe der Fassung im Hochformat, wo eine gesendet wird.</translation>
    </message>
    <message>
        <source>Frames a second.</source>
        <translation>Bilder pro Sekunde.</translation>
    </message>
    <message>
        <source>Bitrate of the pictures.</source>
        <translation>Bitrate der Bilder.</translation>
    </message>
    <message>
        <source>Lower the bitrate while the upload is too small for all destinations.</source>
        <translation>Die Bitrate senken, solange der Upload nicht für alle Ziele reicht.</translation>
    </message>
    <message>
        <source>low answers at once, normal gives a better picture.</source>
        <translation>low antwortet sofort, normal gibt ein besseres Bild.</translation>
    </message>
    <message>
        <source>What the pictures are compressed to; every platform takes h264.</source>
        <translation>Wie die Bilder komprimiert werden; jede Plattform nimmt h264.</translation>
    </message>
    <message>
        <source>Which encoder makes them; auto takes the best that works.</source>
        <translation>Welcher Encoder das tut; auto nimmt den besten, der geht.</translation>
    </message>
    <message>
        <source>How long the platforms are kept when the encoder vanishes; 0 ends the broadcast at once.</source>
        <translation>Wie lange die Plattformen gehalten werden, wenn der Encoder verschwindet; 0 beendet die Sendung sofort.</translation>
    </message>
    <message>
        <source>Where recordings go; empty for the usual folder.</source>
        <translation>Wohin Aufzeichnungen kommen; leer für den üblichen Ordner.</translation>
    </message>
    <message>
        <source>Where recordings go on when that folder cannot take any more; several are separated by |.</source>
        <translation>Wohin Aufzeichnungen weitergehen, wenn jener Ordner nichts mehr aufnimmt; mehrere durch | getrennt.</translation>
    </message>
    <message>
        <source>What recordings are; mp4 plays everywhere, and takes chapters.</source>
        <translation>Was Aufzeichnungen sind; mp4 läuft überall und nimmt Kapitel auf.</translation>
    </message>
    <message>
        <source>A new file begins after this time; 0 keeps one file.</source>
        <translation>Nach dieser Zeit beginnt eine neue Datei; bei 0 bleibt es bei einer.</translation>
    </message>
    <message>
        <source>A new file begins at this size; 0 for any size.</source>
        <translation>Bei dieser Größe beginnt eine neue Datei; 0 für jede Größe.</translation>
    </message>
    <message>
        <source>Space that is kept aside while recording, so that a file can be finished when the disk is full.</source>
        <translation>Platz, der während der Aufzeichnung freigehalten wird, damit eine Datei auch auf vollem Datenträger fertig wird.</translation>
    </message>
    <message>
        <source>Offer to remove replays that are older than this; 0 keeps them for ever.</source>
        <translation>Anbieten, ältere Mitschnitte zu entfernen; bei 0 bleiben alle.</translation>
    </message>
    <message>
        <source>Offer to remove the oldest replays when all take more than this; 0 for any space.</source>
        <translation>Anbieten, die ältesten Mitschnitte zu entfernen, wenn alle mehr belegen; 0 für beliebig viel Platz.</translation>
    </message>
    <message>
        <source>Let these rules move a replay to the bin of which no verified copy exists elsewhere.</source>
        <translation>Diese Regeln auch Mitschnitte in den Papierkorb legen lassen, von denen es anderswo keine geprüfte Kopie gibt.</translation>
    </message>
    <message>
        <source>Begin a new file of the recording, without losing a frame.</source>
        <translation>Eine neue Datei der Aufzeichnung beginnen, ohne ein Bild zu verlieren.</translation>
    </message>
    <message>
        <source>Save the last 30 seconds of the broadcast as a clip.</source>
        <translation>Die letzten 30 Sekunden der Sendung als Clip sichern.</translation>
    </message>
    <message>
        <source>Port on this computer; the next free one is taken if it is in use.</source>
        <translation>Port auf diesem Computer; ist er belegt, wird der nächste freie genommen.</translation>
    </message>
    <message>
        <source>Port for external encoders; the next free one is taken if it is in use.</source>
        <translation>Port für externe Encoder; ist er belegt, wird der nächste freie genommen.</translation>
    </message>
    <message>
        <source>Let encoders on other computers of your network publish here; they need the stream key, which they send unencrypted.</source>
        <translation>Encoder auf anderen Computern im eigenen Netz hierher senden lassen; sie brauchen den Stream-Schlüssel, den sie unverschlüsselt senden.</translation>
    </message>
    <message>
        <source>Let devices of your network that you have paired look at and drive PowerStream, encrypted.</source>
        <translation>Gekoppelte Geräte im eigenen Netz PowerStream ansehen und steuern lassen, verschlüsselt.</translation>
    </message>
    <message>
        <source>Port for those devices.</source>
        <translation>Port für diese Geräte.</translation>
    </message>
    <message>
        <source>Where stream keys are kept: the system's keyring, this run only, or a file sealed with a passphrase.</source>
        <translation>Wo Stream-Schlüssel aufbewahrt werden: im Schlüsselbund des Systems, nur für diesen Lauf, oder in einer mit Passphrase versiegelten Datei.</translation>
    </message>
    <message>
        <source>Port {port} cannot be opened for your network: {reason}.</source>
        <translation>Port {port} kann nicht für das eigene Netz geöffnet werden: {reason}.</translation>
    </message>
    <message>
        <source>Choose another port for it in the settings.</source>
        <translation>In den Einstellungen einen anderen Port dafür wählen.</translation>
    </message>
    <message>
        <source>Listen for these shortcuts while other programs have the focus.</source>
        <translation>Auf diese Tastenkürzel hören, während andere Programme den Fokus haben.</translation>
    </message>
    <message>
        <source>Go live as last time, or end the broadcast: press it twice, or hold it for a second.</source>
        <translation>Live gehen wie beim letzten Mal, oder die Sendung beenden: zweimal drücken oder eine Sekunde halten.</translation>
    </message>
    <message>
        <source>Mark this moment of the broadcast, to find it again in the replay.</source>
        <translation>Diesen Moment der Sendung markieren, um ihn in der Aufzeichnung wiederzufinden.</translation>
    </message>
    <message>
        <source>Mute all microphones, or let them be heard again.</source>
        <translation>Alle Mikrofone stummschalten, oder wieder hören lassen.</translation>
    </message>
    <message>
        <source>While it is held, channels that are set to push to talk are heard.</source>
        <translation>Solange es gehalten wird, sind Kanäle mit Sprechtaste zu hören.</translation>
    </message>
    <message>
        <source>Show “Be right back” and mute everything at once; pressed again, go on.</source>
        <translation>Sofort „Gleich zurück“ zeigen und alles stummschalten; noch einmal gedrückt, weitermachen.</translation>
    </message>
    <message>
        <source>Put the first scene on.</source>
        <translation>Die erste Szene zeigen.</translation>
    </message>
    <message>
        <source>Put the second scene on.</source>
        <translation>Die zweite Szene zeigen.</translation>
    </message>
    <message>
        <source>Put the third scene on.</source>
        <translation>Die dritte Szene zeigen.</translation>
    </message>
    <message>
        <source>Put the fourth scene on.</source>
        <translation>Die vierte Szene zeigen.</translation>
    </message>
    <message>
        <source>Put the fifth scene on.</source>
        <translation>Die fünfte Szene zeigen.</translation>
    </message>
    <message>
        <source>Put the sixth scene on.</source>
        <translation>Die sechste Szene zeigen.</translation>
    </message>
    <message>
        <source>Put the seventh scene on.</source>
        <translation>Die siebte Szene zeigen.</translation>
    </message>
    <message>
        <source>Put the eighth scene on.</source>
        <translation>Die achte Szene zeigen.</translation>
    </message>
    <message>
        <source>Put the ninth scene on.</source>
        <translation>Die neunte Szene zeigen.</translation>
    </message>
    <message>
        <source>Colours of the window; system follows the desktop.</source>
        <translation>Farben des Fensters; system folgt dem Desktop.</translation>
    </message>
    <message>
        <source>Size of all text in the window.</source>
        <translation>Größe aller Texte im Fenster.</translation>
    </message>
    <message>
        <source>Language of the window; system follows the desktop.</source>
        <translation>Sprache des Fensters; system folgt dem Desktop.</translation>
    </message>
    <message>
        <source>This key cannot be part of a shortcut.</source>
        <translation>Diese Taste kann nicht Teil eines Kürzels sein.</translation>
    </message>
    <message>
        <source>Take a letter, a digit or a function key.</source>
        <translation>Einen Buchstaben, eine Ziffer oder eine Funktionstaste nehmen.</translation>
    </message>
    <message>
        <source>A shortcut needs Ctrl, Alt or the system's own key beside it.</source>
        <translation>Ein Kürzel braucht Strg, Alt oder die Taste des Systems daneben.</translation>
    </message>
    <message>
        <source>Without one it could not be typed any more.</source>
        <translation>Ohne könnte man sie nicht mehr tippen.</translation>
    </message>
    <message>
        <source>This is no shortcut.</source>
        <translation>Das ist kein Tastenkürzel.</translation>
    </message>
    <message>
        <source>Write it like Ctrl+Alt+M.</source>
        <translation>So schreiben: Ctrl+Alt+M.</translation>
    </message>
    <message>
        <source>There is no scene {n}.</source>
        <translation>Es gibt keine Szene {n}.</translation>
    </message>
    <message>
        <source>Add one in the studio, or take another key.</source>
        <translation>Im Studio eine hinzufügen, oder eine andere Taste nehmen.</translation>
    </message>
    <message>
        <source>There is no microphone to mute.</source>
        <translation>Es gibt kein Mikrofon zum Stummschalten.</translation>
    </message>
    <message>
        <source>Add one in the studio's mixer.</source>
        <translation>Im Mischpult des Studios eines hinzufügen.</translation>
    </message>
    <message>
        <source>No channel is set to push to talk.</source>
        <translation>Kein Kanal ist auf Sprechtaste gestellt.</translation>
    </message>
    <message>
        <source>Choose it for a channel in the studio's mixer.</source>
        <translation>Im Mischpult des Studios für einen Kanal wählen.</translation>
    </message>
    <message>
        <source>This key goes live as last time, and there was none yet.</source>
        <translation>Diese Taste geht live wie beim letzten Mal, und es gab noch keines.</translation>
    </message>
    <message>
        <source>Go live once from the window.</source>
        <translation>Einmal vom Fenster aus live gehen.</translation>
    </message>
</context>
</TS>
