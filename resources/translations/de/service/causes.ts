<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>closed</name>
    <message>
        <source>{name} closed the connection.</source>
        <translation>{name} hat die Verbindung geschlossen.</translation>
    </message>
    <message>
        <source>Reconnecting by itself; nothing to do.</source>
        <translation>Verbindet sich von selbst neu; nichts zu tun.</translation>
    </message>
    <message>
        <source>Reconnecting by itself; if it repeats, copy the key again from YouTube Studio: a wrong one may be noticed late.</source>
        <translation>Verbindet sich von selbst neu; wiederholt es sich, den Schlüssel erneut aus YouTube Studio kopieren: ein falscher wird manchmal spät bemerkt.</translation>
    </message>
</context>
<context>
    <name>closed-before-connect</name>
    <message>
        <source>{name} closed the connection when it saw the server URL.</source>
        <translation>{name} hat die Verbindung geschlossen, als es die Server-Adresse sah.</translation>
    </message>
    <message>
        <source>Check the path of the server URL (the part after the host).</source>
        <translation>Den Pfad der Server-Adresse prüfen (den Teil nach dem Host).</translation>
    </message>
    <message>
        <source>Kick's server URL must end in /app, which its page leaves out: check it, then copy the URL again.</source>
        <translation>Kicks Server-Adresse muss auf /app enden, was die Seite weglässt: prüfen, dann die Adresse erneut kopieren.</translation>
    </message>
    <message>
        <source>LinkedIn's server URL serves one event: copy today's URL and key from the event's page.</source>
        <translation>LinkedIns Server-Adresse gilt für eine Veranstaltung: die heutige Adresse und den Schlüssel von deren Seite kopieren.</translation>
    </message>
    <message>
        <source>TikTok's server URL serves one broadcast: copy today's URL and key from Live Center.</source>
        <translation>TikToks Server-Adresse gilt für eine Sendung: die heutige Adresse und den Schlüssel aus dem Live Center kopieren.</translation>
    </message>
</context>
<context>
    <name>closed-before-start</name>
    <message>
        <source>{name} closed the connection when it saw the stream key.</source>
        <translation>{name} hat die Verbindung geschlossen, als es den Stream-Schlüssel sah.</translation>
    </message>
    <message>
        <source>Most likely the key is wrong or has expired: copy it again from the platform's page.</source>
        <translation>Wahrscheinlich ist der Schlüssel falsch oder abgelaufen: erneut von der Seite der Plattform kopieren.</translation>
    </message>
    <message>
        <source>Copy the key again from YouTube Studio, and check there that live streaming is switched on for the channel.</source>
        <translation>Den Schlüssel erneut aus YouTube Studio kopieren, und dort prüfen, ob Livestreaming für den Kanal eingeschaltet ist.</translation>
    </message>
    <message>
        <source>{name} closed the connection right after we logged in: the key is wrong or the channel is busy.</source>
        <translation>{name} hat die Verbindung gleich nach der Anmeldung geschlossen: der Schlüssel ist falsch, oder der Kanal ist belegt.</translation>
    </message>
    <message>
        <source>Twitch gives no reason. Copy the key again from the dashboard, and end any other encoder of this channel.</source>
        <translation>Twitch nennt keinen Grund. Den Schlüssel erneut aus dem Dashboard kopieren, und jeden anderen Encoder dieses Kanals beenden.</translation>
    </message>
    <message>
        <source>{name} closed the connection right after we logged in: most likely the key has expired.</source>
        <translation>{name} hat die Verbindung gleich nach der Anmeldung geschlossen: wahrscheinlich ist der Schlüssel abgelaufen.</translation>
    </message>
    <message>
        <source>Facebook's keys serve one broadcast and expire unused after 24 hours: copy today's key from Live Producer.</source>
        <translation>Facebooks Schlüssel gelten für eine Sendung und verfallen unbenutzt nach 24 Stunden: den heutigen aus dem Live Producer kopieren.</translation>
    </message>
    <message>
        <source>Copy the key again from Kick's dashboard, and end any other encoder of this channel.</source>
        <translation>Den Schlüssel erneut aus Kicks Dashboard kopieren, und jeden anderen Encoder dieses Kanals beenden.</translation>
    </message>
    <message>
        <source>LinkedIn's keys serve one event: copy today's URL and key from the event's page.</source>
        <translation>LinkedIns Schlüssel gelten für eine Veranstaltung: die heutige Adresse und den Schlüssel von deren Seite kopieren.</translation>
    </message>
    <message>
        <source>TikTok changes the key after every broadcast: copy today's URL and key from Live Center.</source>
        <translation>TikTok ändert den Schlüssel nach jeder Sendung: die heutige Adresse und den Schlüssel aus dem Live Center kopieren.</translation>
    </message>
    <message>
        <source>Instagram's keys serve one broadcast: copy today's key from its page for live videos.</source>
        <translation>Instagrams Schlüssel gelten für eine Sendung: den heutigen von der Seite für Livevideos kopieren.</translation>
    </message>
    <message>
        <source>Copy the key again from Media Studio, and check that the account has Premium.</source>
        <translation>Den Schlüssel erneut aus dem Media Studio kopieren, und prüfen, ob das Konto Premium hat.</translation>
    </message>
    <message>
        <source>Rumble's keys belong to one slot: copy URL and key of the same slot again.</source>
        <translation>Rumbles Schlüssel gehören zu einem Platz: Adresse und Schlüssel desselben Platzes erneut kopieren.</translation>
    </message>
</context>
<context>
    <name>closed-soon</name>
    <message>
        <source>{name} closed the connection soon after the start.</source>
        <translation>{name} hat die Verbindung bald nach dem Start geschlossen.</translation>
    </message>
    <message>
        <source>If this repeats, the key or the stream's settings are not accepted there.</source>
        <translation>Wiederholt sich das, werden der Schlüssel oder die Einstellungen des Streams dort nicht angenommen.</translation>
    </message>
    <message>
        <source>{name} took the stream and closed the connection within half a minute.</source>
        <translation>{name} hat den Stream angenommen und die Verbindung binnen einer halben Minute geschlossen.</translation>
    </message>
    <message>
        <source>YouTube may notice a wrong key only after some time: copy the key again from YouTube Studio.</source>
        <translation>YouTube bemerkt einen falschen Schlüssel manchmal erst nach einiger Zeit: den Schlüssel erneut aus YouTube Studio kopieren.</translation>
    </message>
    <message>
        <source>{name} took the stream and closed the connection soon after.</source>
        <translation>{name} hat den Stream angenommen und die Verbindung bald darauf geschlossen.</translation>
    </message>
    <message>
        <source>Twitch gives no reason. Copy the key again from the dashboard; video must be H.264 within its limits.</source>
        <translation>Twitch nennt keinen Grund. Den Schlüssel erneut aus dem Dashboard kopieren; das Video muss H.264 in den erlaubten Grenzen sein.</translation>
    </message>
    <message>
        <source>The key may have expired, or somebody ended the broadcast: copy today's key from Live Producer.</source>
        <translation>Der Schlüssel kann abgelaufen sein, oder jemand hat die Sendung beendet: den heutigen Schlüssel aus dem Live Producer kopieren.</translation>
    </message>
</context>
<context>
    <name>connect-rejected</name>
    <message>
        <source>{name} refused the server URL.</source>
        <translation>{name} hat die Server-Adresse abgelehnt.</translation>
    </message>
    <message>
        <source>Check the path of the server URL (the part after the host).</source>
        <translation>Den Pfad der Server-Adresse prüfen (den Teil nach dem Host).</translation>
    </message>
    <message>
        <source>{name} wants a user name and a password before it takes a stream.</source>
        <translation>{name} verlangt Benutzername und Passwort, bevor es einen Stream annimmt.</translation>
    </message>
    <message>
        <source>Ask the service for an address that works with a stream key alone.</source>
        <translation>Beim Dienst nach einer Adresse fragen, die mit einem Stream-Schlüssel auskommt.</translation>
    </message>
    <message>
        <source>{name} does not know the application that the server URL names.</source>
        <translation>{name} kennt die Anwendung nicht, die die Server-Adresse nennt.</translation>
    </message>
    <message>
        <source>Copy the server URL again: the part behind the host is wrong.</source>
        <translation>Die Server-Adresse erneut kopieren: der Teil hinter dem Host ist falsch.</translation>
    </message>
    <message>
        <source>{name} is shutting down.</source>
        <translation>{name} wird gerade heruntergefahren.</translation>
    </message>
    <message>
        <source>It will be tried again; if this stays, choose another server of the platform.</source>
        <translation>Es wird erneut versucht; bleibt es so, einen anderen Server der Plattform wählen.</translation>
    </message>
    <message>
        <source>{name} could not open a session.</source>
        <translation>{name} konnte keine Sitzung öffnen.</translation>
    </message>
    <message>
        <source>It will be tried again; check the server URL if this stays.</source>
        <translation>Es wird erneut versucht; bleibt es so, die Server-Adresse prüfen.</translation>
    </message>
    <message>
        <source>Kick's server URL must end in /app, which its page leaves out: check it, then copy the URL again.</source>
        <translation>Kicks Server-Adresse muss auf /app enden, was die Seite weglässt: prüfen, dann die Adresse erneut kopieren.</translation>
    </message>
    <message>
        <source>LinkedIn's server URL serves one event: copy today's URL and key from the event's page.</source>
        <translation>LinkedIns Server-Adresse gilt für eine Veranstaltung: die heutige Adresse und den Schlüssel von deren Seite kopieren.</translation>
    </message>
    <message>
        <source>TikTok's server URL serves one broadcast: copy today's URL and key from Live Center.</source>
        <translation>TikToks Server-Adresse gilt für eine Sendung: die heutige Adresse und den Schlüssel aus dem Live Center kopieren.</translation>
    </message>
</context>
<context>
    <name>connect-timeout</name>
    <message>
        <source>{name} did not answer.</source>
        <translation>{name} hat nicht geantwortet.</translation>
    </message>
    <message>
        <source>A firewall may block the port; RTMPS (port 443) often gets through.</source>
        <translation>Vielleicht sperrt eine Firewall den Port; RTMPS (Port 443) kommt oft durch.</translation>
    </message>
</context>
<context>
    <name>dns</name>
    <message>
        <source>The server name of {name} was not found.</source>
        <translation>Der Servername von {name} wurde nicht gefunden.</translation>
    </message>
    <message>
        <source>Check the server URL and this computer's internet connection.</source>
        <translation>Server-Adresse und Internetverbindung dieses Computers prüfen.</translation>
    </message>
    <message>
        <source>LinkedIn's server URL serves one event: copy today's from the event's page, or check this computer's internet connection.</source>
        <translation>LinkedIns Server-Adresse gilt für eine Veranstaltung: die heutige von deren Seite kopieren, oder die Internetverbindung dieses Computers prüfen.</translation>
    </message>
    <message>
        <source>TikTok's server URL serves one broadcast: copy today's from Live Center, or check this computer's internet connection.</source>
        <translation>TikToks Server-Adresse gilt für eine Sendung: die heutige aus dem Live Center kopieren, oder die Internetverbindung dieses Computers prüfen.</translation>
    </message>
</context>
<context>
    <name>ended-by-platform</name>
    <message>
        <source>{name} ended the broadcast.</source>
        <translation>{name} hat die Sendung beendet.</translation>
    </message>
    <message>
        <source>Look at the platform's page: another encoder or a moderator may have ended it.</source>
        <translation>Auf der Seite der Plattform nachsehen: ein anderer Encoder oder ein Moderator kann sie beendet haben.</translation>
    </message>
    <message>
        <source>{name} ended the broadcast: another page or encoder took it over.</source>
        <translation>{name} hat die Sendung beendet: eine andere Seite oder ein anderer Encoder hat sie übernommen.</translation>
    </message>
    <message>
        <source>Look at the platform's page and end the other one, then retry.</source>
        <translation>Auf der Seite der Plattform die andere Sendung beenden, dann erneut versuchen.</translation>
    </message>
    <message>
        <source>{name} ended the broadcast: another page, encoder or person took it over or ended it.</source>
        <translation>{name} hat die Sendung beendet: eine andere Seite, ein Encoder oder eine Person hat sie übernommen oder beendet.</translation>
    </message>
    <message>
        <source>Look at Live Producer and end the other one; then copy today's key and retry.</source>
        <translation>Im Live Producer die andere Sendung beenden; dann den heutigen Schlüssel kopieren und erneut versuchen.</translation>
    </message>
</context>
<context>
    <name>format-refused</name>
    <message>
        <source>{name} did not accept the new picture format of the encoder that came back.</source>
        <translation>{name} hat das neue Bildformat des zurückgekehrten Encoders nicht angenommen.</translation>
    </message>
    <message>
        <source>Reconnecting by itself; nothing to do.</source>
        <translation>Verbindet sich von selbst neu; nichts zu tun.</translation>
    </message>
</context>
<context>
    <name>handshake-timeout</name>
    <message>
        <source>{name} accepted the connection but did not speak.</source>
        <translation>{name} hat die Verbindung angenommen, aber nichts gesagt.</translation>
    </message>
    <message>
        <source>It will be tried again; check the port if this stays.</source>
        <translation>Es wird erneut versucht; bleibt es so, den Port prüfen.</translation>
    </message>
</context>
<context>
    <name>key-refused</name>
    <message>
        <source>{name} refused the stream key.</source>
        <translation>{name} hat den Stream-Schlüssel abgelehnt.</translation>
    </message>
    <message>
        <source>Copy the key again from the platform's page; make sure that no other encoder is using it.</source>
        <translation>Den Schlüssel erneut von der Seite der Plattform kopieren; sicherstellen, dass ihn kein anderer Encoder benutzt.</translation>
    </message>
    <message>
        <source>{name} says that the stream key is wrong or in use.</source>
        <translation>{name} sagt, der Stream-Schlüssel sei falsch oder schon in Benutzung.</translation>
    </message>
    <message>
        <source>Make sure that no other encoder is sending there; otherwise copy the key again from the platform's page.</source>
        <translation>Sicherstellen, dass kein anderer Encoder dorthin sendet; sonst den Schlüssel erneut von der Seite der Plattform kopieren.</translation>
    </message>
    <message>
        <source>{name} does not let this stream key broadcast.</source>
        <translation>{name} lässt diesen Stream-Schlüssel nicht senden.</translation>
    </message>
    <message>
        <source>Copy the key again from the platform's page, and check there that the account may go live.</source>
        <translation>Den Schlüssel erneut von der Seite der Plattform kopieren, und dort prüfen, ob das Konto live gehen darf.</translation>
    </message>
    <message>
        <source>{name} could not begin a broadcast with this stream key.</source>
        <translation>{name} konnte mit diesem Stream-Schlüssel keine Sendung beginnen.</translation>
    </message>
    <message>
        <source>The key may have expired: copy it again from the platform's page.</source>
        <translation>Der Schlüssel kann abgelaufen sein: erneut von der Seite der Plattform kopieren.</translation>
    </message>
    <message>
        <source>Facebook's keys serve one broadcast and expire unused after 24 hours: copy today's key from Live Producer.</source>
        <translation>Facebooks Schlüssel gelten für eine Sendung und verfallen unbenutzt nach 24 Stunden: den heutigen aus dem Live Producer kopieren.</translation>
    </message>
    <message>
        <source>LinkedIn's keys serve one event: copy today's URL and key from the event's page.</source>
        <translation>LinkedIns Schlüssel gelten für eine Veranstaltung: die heutige Adresse und den Schlüssel von deren Seite kopieren.</translation>
    </message>
    <message>
        <source>TikTok changes the key after every broadcast: copy today's URL and key from Live Center.</source>
        <translation>TikTok ändert den Schlüssel nach jeder Sendung: die heutige Adresse und den Schlüssel aus dem Live Center kopieren.</translation>
    </message>
    <message>
        <source>Instagram's keys serve one broadcast: copy today's key from its page for live videos.</source>
        <translation>Instagrams Schlüssel gelten für eine Sendung: den heutigen von der Seite für Livevideos kopieren.</translation>
    </message>
    <message>
        <source>Copy the key again from Media Studio, and check that the account has Premium.</source>
        <translation>Den Schlüssel erneut aus dem Media Studio kopieren, und prüfen, ob das Konto Premium hat.</translation>
    </message>
    <message>
        <source>Rumble's keys belong to one slot: copy URL and key of the same slot again.</source>
        <translation>Rumbles Schlüssel gehören zu einem Platz: Adresse und Schlüssel desselben Platzes erneut kopieren.</translation>
    </message>
</context>
<context>
    <name>made-room</name>
    <message>
        <source>The upload is too slow for everybody: {name} makes room for the destinations above it.</source>
        <translation>Der Upload reicht nicht für alle: {name} macht Platz für die Ziele darüber.</translation>
    </message>
    <message>
        <source>Lower the bitrate, or stream to fewer platforms; the picture comes back by itself when there is room.</source>
        <translation>Bitrate senken oder zu weniger Plattformen streamen; das Bild kommt von selbst zurück, sobald Platz ist.</translation>
    </message>
</context>
<context>
    <name>no-input</name>
    <message>
        <source>Nothing comes from the encoder, so {name} gets nothing.</source>
        <translation>Vom Encoder kommt nichts, deshalb bekommt {name} nichts.</translation>
    </message>
    <message>
        <source>The connection is kept; look at the encoder.</source>
        <translation>Die Verbindung wird gehalten; nach dem Encoder sehen.</translation>
    </message>
</context>
<context>
    <name>no-rendition</name>
    <message>
        <source>{name} takes a rendition that nobody is sending.</source>
        <translation>{name} nimmt eine Fassung, die niemand sendet.</translation>
    </message>
    <message>
        <source>Switch that rendition on, or choose the other one for this destination.</source>
        <translation>Diese Fassung einschalten, oder für dieses Ziel die andere wählen.</translation>
    </message>
</context>
<context>
    <name>not-rtmp</name>
    <message>
        <source>Something answered for {name}, but not a streaming server.</source>
        <translation>Für {name} hat etwas geantwortet, aber kein Streaming-Server.</translation>
    </message>
    <message>
        <source>Check host and port; on public Wi-Fi, sign in to the network first.</source>
        <translation>Host und Port prüfen; in einem öffentlichen WLAN zuerst im Netz anmelden.</translation>
    </message>
</context>
<context>
    <name>own-fault</name>
    <message>
        <source>PowerStream made a mistake in sending to {name}.</source>
        <translation>PowerStream hat beim Senden an {name} einen Fehler gemacht.</translation>
    </message>
    <message>
        <source>It tries again by itself. Please report it, with the log: this is a fault of ours.</source>
        <translation>Es versucht es von selbst erneut. Bitte mit dem Protokoll melden: das ist ein Fehler von uns.</translation>
    </message>
</context>
<context>
    <name>protocol</name>
    <message>
        <source>{name} sent something that is not valid RTMP.</source>
        <translation>{name} hat etwas gesendet, das kein gültiges RTMP ist.</translation>
    </message>
    <message>
        <source>It will be tried again; check the server URL if this stays.</source>
        <translation>Es wird erneut versucht; bleibt es so, die Server-Adresse prüfen.</translation>
    </message>
</context>
<context>
    <name>refused</name>
    <message>
        <source>{name} does not accept connections on this port.</source>
        <translation>{name} nimmt auf diesem Port keine Verbindungen an.</translation>
    </message>
    <message>
        <source>Check the server URL; if it is right, the service is down and will be tried again.</source>
        <translation>Server-Adresse prüfen; wenn sie stimmt, ist der Dienst gestört und wird erneut versucht.</translation>
    </message>
</context>
<context>
    <name>reset</name>
    <message>
        <source>The connection to {name} was cut.</source>
        <translation>Die Verbindung zu {name} wurde unterbrochen.</translation>
    </message>
    <message>
        <source>Reconnecting by itself; nothing to do.</source>
        <translation>Verbindet sich von selbst neu; nichts zu tun.</translation>
    </message>
</context>
<context>
    <name>stalled</name>
    <message>
        <source>{name} stopped taking data for 5 seconds.</source>
        <translation>{name} hat 5 Sekunden lang keine Daten angenommen.</translation>
    </message>
    <message>
        <source>Reconnecting by itself; if it repeats, check your upload speed.</source>
        <translation>Verbindet sich von selbst neu; wiederholt es sich, die Upload-Geschwindigkeit prüfen.</translation>
    </message>
</context>
<context>
    <name>start-timeout</name>
    <message>
        <source>{name} did not react to the stream key.</source>
        <translation>{name} hat auf den Stream-Schlüssel nicht reagiert.</translation>
    </message>
    <message>
        <source>It will be tried again; check the key if this stays.</source>
        <translation>Es wird erneut versucht; bleibt es so, den Schlüssel prüfen.</translation>
    </message>
</context>
<context>
    <name>system</name>
    <message>
        <source>This computer could not open a connection to {name}.</source>
        <translation>Dieser Computer konnte keine Verbindung zu {name} öffnen.</translation>
    </message>
    <message>
        <source>Close programs that use many connections, then retry.</source>
        <translation>Programme mit vielen Verbindungen schließen, dann erneut versuchen.</translation>
    </message>
    <message>
        <source>This computer has no memory left for what is sent to {name}.</source>
        <translation>Dieser Computer hat keinen Speicher mehr für das, was an {name} gesendet wird.</translation>
    </message>
    <message>
        <source>Close other programs; it tries again by itself.</source>
        <translation>Andere Programme schließen; es versucht es von selbst erneut.</translation>
    </message>
</context>
<context>
    <name>tls-expired</name>
    <message>
        <source>The certificate of {name} has expired. The key was not sent.</source>
        <translation>Das Zertifikat von {name} ist abgelaufen. Der Schlüssel wurde nicht gesendet.</translation>
    </message>
    <message>
        <source>Check this computer's date; otherwise the service must renew its certificate.</source>
        <translation>Datum dieses Computers prüfen; sonst muss der Dienst sein Zertifikat erneuern.</translation>
    </message>
</context>
<context>
    <name>tls-failed</name>
    <message>
        <source>No secure connection to {name} could be made. The key was not sent.</source>
        <translation>Zu {name} kam keine sichere Verbindung zustande. Der Schlüssel wurde nicht gesendet.</translation>
    </message>
    <message>
        <source>Check the port, and whether the server URL should really start with rtmps://.</source>
        <translation>Port prüfen, und ob die Server-Adresse wirklich mit rtmps:// beginnen soll.</translation>
    </message>
</context>
<context>
    <name>tls-missing</name>
    <message>
        <source>What answers for {name} on this port does not speak TLS. The key was not sent.</source>
        <translation>Was auf diesem Port für {name} antwortet, spricht kein TLS. Der Schlüssel wurde nicht gesendet.</translation>
    </message>
    <message>
        <source>Check the port; rtmps:// usually goes to port 443, rtmp:// to 1935.</source>
        <translation>Port prüfen; rtmps:// geht meist zu Port 443, rtmp:// zu 1935.</translation>
    </message>
</context>
<context>
    <name>tls-too-old</name>
    <message>
        <source>{name} only speaks a version of TLS that is too old to be safe. The key was not sent.</source>
        <translation>{name} spricht nur eine Version von TLS, die zu alt ist, um sicher zu sein. Der Schlüssel wurde nicht gesendet.</translation>
    </message>
    <message>
        <source>Ask the service for an address with TLS 1.2 or newer.</source>
        <translation>Beim Dienst nach einer Adresse mit TLS 1.2 oder neuer fragen.</translation>
    </message>
</context>
<context>
    <name>tls-untrusted</name>
    <message>
        <source>The certificate of {name} is not from an authority this computer trusts. The key was not sent.</source>
        <translation>Das Zertifikat von {name} stammt von keiner Stelle, der dieser Computer vertraut. Der Schlüssel wurde nicht gesendet.</translation>
    </message>
    <message>
        <source>Something may be reading your connection; do not use this network, or ask the service.</source>
        <translation>Vielleicht liest jemand die Verbindung mit: dieses Netz nicht benutzen, oder beim Dienst nachfragen.</translation>
    </message>
    <message>
        <source>{name} vouches for itself: its certificate is self-signed. The key was not sent.</source>
        <translation>{name} bürgt für sich selbst: das Zertifikat ist selbst signiert. Der Schlüssel wurde nicht gesendet.</translation>
    </message>
    <message>
        <source>Ask the service for a proper certificate, or have its own one trusted by this computer.</source>
        <translation>Beim Dienst nach einem richtigen Zertifikat fragen, oder diesen Computer seinem eigenen vertrauen lassen.</translation>
    </message>
</context>
<context>
    <name>tls-wrong-name</name>
    <message>
        <source>The certificate of {name} belongs to another server. The key was not sent.</source>
        <translation>Das Zertifikat von {name} gehört einem anderen Server. Der Schlüssel wurde nicht gesendet.</translation>
    </message>
    <message>
        <source>Check the host in the server URL.</source>
        <translation>Den Host in der Server-Adresse prüfen.</translation>
    </message>
</context>
<context>
    <name>too-slow</name>
    <message>
        <source>The way to {name} is too slow for this bitrate.</source>
        <translation>Der Weg zu {name} ist zu langsam für diese Bitrate.</translation>
    </message>
    <message>
        <source>Lower the bitrate, or stream to fewer platforms.</source>
        <translation>Bitrate senken oder zu weniger Plattformen streamen.</translation>
    </message>
</context>
<context>
    <name>unreachable</name>
    <message>
        <source>There is no route to {name}.</source>
        <translation>Es gibt keinen Weg zu {name}.</translation>
    </message>
    <message>
        <source>Check this computer's network connection.</source>
        <translation>Netzwerkverbindung dieses Computers prüfen.</translation>
    </message>
</context>
<context>
    <name>unsupported-codec</name>
    <message>
        <source>{name} does not accept the codec of this stream.</source>
        <translation>{name} nimmt den Codec dieses Streams nicht an.</translation>
    </message>
    <message>
        <source>Choose H.264 and AAC in the encoder.</source>
        <translation>Im Encoder H.264 und AAC wählen.</translation>
    </message>
    <message>
        <source>Twitch takes only H.264 with AAC over this way: choose them in the encoder.</source>
        <translation>Twitch nimmt auf diesem Weg nur H.264 mit AAC: im Encoder wählen.</translation>
    </message>
</context>
<context>
    <name>web-page</name>
    <message>
        <source>A web page answered instead of {name}.</source>
        <translation>Statt {name} hat eine Webseite geantwortet.</translation>
    </message>
    <message>
        <source>On public Wi-Fi, sign in to the network first; otherwise check host and port.</source>
        <translation>In einem öffentlichen WLAN zuerst im Netz anmelden; sonst Host und Port prüfen.</translation>
    </message>
</context>
</TS>
