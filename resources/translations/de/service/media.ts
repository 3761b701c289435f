<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>any</name>
    <message>
        <source>This file is no slate.</source>
        <translation>Diese Datei ist kein Standbild.</translation>
    </message>
    <message>
        <source>This slate is too short.</source>
        <translation>Dieses Standbild ist zu kurz.</translation>
    </message>
    <message>
        <source>The platform could not be reached.</source>
        <translation>Die Plattform war nicht erreichbar.</translation>
    </message>
    <message>
        <source>The folder {folder} holds a playlist that is not ours.</source>
        <translation>Der Ordner {folder} enthält eine Playlist, die nicht von uns ist.</translation>
    </message>
    <message>
        <source>Choose an empty folder for HLS.</source>
        <translation>Einen leeren Ordner für HLS wählen.</translation>
    </message>
    <message>
        <source>The HLS folder {folder} cannot be written to.</source>
        <translation>In den HLS-Ordner {folder} kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>The HLS folder {folder} is not a folder.</source>
        <translation>Der HLS-Ordner {folder} ist kein Ordner.</translation>
    </message>
    <message>
        <source>Choose a folder, not a file.</source>
        <translation>Einen Ordner wählen, keine Datei.</translation>
    </message>
    <message>
        <source>The HLS folder {folder} cannot be used.</source>
        <translation>Der HLS-Ordner {folder} kann nicht benutzt werden.</translation>
    </message>
    <message>
        <source>Check the disk or choose another folder.</source>
        <translation>Den Datenträger prüfen, oder einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>The {what*}'s codec {codec} cannot be played in a browser or this window.</source>
        <translation>Der Codec {codec} ({what}) kann weder in einem Browser noch in diesem Fenster abgespielt werden.</translation>
    </message>
    <message>
        <source>The stream's {codec} settings do not say how large the picture is.</source>
        <translation>Die Angaben zu {codec} im Stream sagen nicht, wie groß das Bild ist.</translation>
    </message>
    <message>
        <source>The stream's {codec} settings do not say how its sound is made.</source>
        <translation>Die Angaben zu {codec} im Stream sagen nicht, wie der Ton gemacht ist.</translation>
    </message>
    <message>
        <source>The stream's AV1 settings are incomplete.</source>
        <translation>Die Angaben zu AV1 im Stream sind unvollständig.</translation>
    </message>
    <message>
        <source>There is no such application here.</source>
        <translation>Diese Anwendung gibt es hier nicht.</translation>
    </message>
    <message>
        <source>This connection is publishing already.</source>
        <translation>Diese Verbindung sendet schon.</translation>
    </message>
    <message>
        <source>There is no such stream here.</source>
        <translation>Diesen Stream gibt es hier nicht.</translation>
    </message>
    <message>
        <source>This stream key is not known here.</source>
        <translation>Dieser Stream-Schlüssel ist hier nicht bekannt.</translation>
    </message>
    <message>
        <source>Another encoder is already publishing with this key.</source>
        <translation>Ein anderer Encoder sendet schon mit diesem Schlüssel.</translation>
    </message>
    <message>
        <source>Port {port} on {host} is in use.</source>
        <translation>Port {port} auf {host} ist belegt.</translation>
    </message>
    <message>
        <source>Another relay or streaming program is running: end it, or choose another port with --listen.</source>
        <translation>Ein anderes Relay oder Streaming-Programm läuft: es beenden, oder mit --listen einen anderen Port wählen.</translation>
    </message>
    <message>
        <source>Port {port} may not be used by this user.</source>
        <translation>Port {port} darf von diesem Benutzer nicht benutzt werden.</translation>
    </message>
    <message>
        <source>Choose a port above 1023.</source>
        <translation>Einen Port über 1023 wählen.</translation>
    </message>
    <message>
        <source>The relay cannot listen on {address}.</source>
        <translation>Das Relay kann unter {address} nicht lauschen.</translation>
    </message>
    <message>
        <source>Choose 127.0.0.1.</source>
        <translation>127.0.0.1 wählen.</translation>
    </message>
    <message>
        <source>There is a destination called {name} already.</source>
        <translation>Ein Ziel namens {name} gibt es schon.</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>There is no destination called {name}.</source>
        <translation>Es gibt kein Ziel namens {name}.</translation>
    </message>
    <message>
        <source>Check the name.</source>
        <translation>Den Namen prüfen.</translation>
    </message>
    <message>
        <source>The stream uses the codec {codec}, which cannot be recorded as MP4.</source>
        <translation>Der Stream benutzt den Codec {codec}, der nicht als MP4 aufgezeichnet werden kann.</translation>
    </message>
    <message>
        <source>Check the encoder's settings.</source>
        <translation>Die Einstellungen des Encoders prüfen.</translation>
    </message>
    <message>
        <source>No camera was named.</source>
        <translation>Keine Kamera wurde genannt.</translation>
    </message>
    <message>
        <source>Choose one from the list.</source>
        <translation>Eine aus der Liste wählen.</translation>
    </message>
    <message>
        <source>A camera cannot be reached by {scheme}.</source>
        <translation>Über {scheme} ist keine Kamera erreichbar.</translation>
    </message>
    <message>
        <source>Addresses of cameras begin with http://, https:// or rtsp://.</source>
        <translation>Adressen von Kameras beginnen mit http://, https:// oder rtsp://.</translation>
    </message>
    <message>
        <source>The address of the camera names no host.</source>
        <translation>Die Adresse der Kamera nennt keinen Host.</translation>
    </message>
    <message>
        <source>Write rtsp://HOST/PATH.</source>
        <translation>rtsp://HOST/PFAD schreiben.</translation>
    </message>
    <message>
        <source>There is no room for pictures in the folder {folder}.</source>
        <translation>Im Ordner {folder} ist kein Platz für Bilder.</translation>
    </message>
    <message>
        <source>Free {n} MB there.</source>
        <translation>Dort {n} MB freimachen.</translation>
    </message>
    <message>
        <source>The lock {path} cannot be made: {reason*}.</source>
        <translation>Die Sperre {path} kann nicht gemacht werden: {reason}.</translation>
    </message>
    <message>
        <source>{variable} names the home of a user who does not exist.</source>
        <translation>{variable} nennt das Zuhause eines Benutzers, den es nicht gibt.</translation>
    </message>
    <message>
        <source>Give a full path.</source>
        <translation>Einen vollen Pfad angeben.</translation>
    </message>
    <message>
        <source>{variable} is not a folder's name.</source>
        <translation>{variable} ist kein Name eines Ordners.</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be made: {reason*}.</source>
        <translation>Der Ordner {folder} kann nicht angelegt werden: {reason}.</translation>
    </message>
    <message>
        <source>Free that place, or set {variable} to a folder that can be written.</source>
        <translation>Den Platz freimachen, oder {variable} auf einen Ordner setzen, in den geschrieben werden kann.</translation>
    </message>
    <message>
        <source>The runtime folder {folder} belongs to another user.</source>
        <translation>Der Laufzeitordner {folder} gehört einem anderen Benutzer.</translation>
    </message>
    <message>
        <source>Remove it, or set {variable} to a folder of your own.</source>
        <translation>Ihn entfernen, oder {variable} auf einen eigenen Ordner setzen.</translation>
    </message>
    <message>
        <source>{path} cannot be used: {reason*}.</source>
        <translation>{path} kann nicht benutzt werden: {reason}.</translation>
    </message>
    <message>
        <source>Delete it and start PowerStream again.</source>
        <translation>Löschen und PowerStream erneut starten.</translation>
    </message>
    <message>
        <source>The service told no code.</source>
        <translation>Der Dienst hat keinen Code genannt.</translation>
    </message>
    <message>
        <source>The service told no token.</source>
        <translation>Der Dienst hat kein Token genannt.</translation>
    </message>
    <message>
        <source>This is not the address of a service.</source>
        <translation>Das ist nicht die Adresse eines Dienstes.</translation>
    </message>
    <message>
        <source>Give one like http://127.0.0.1:5001.</source>
        <translation>Eine wie http://127.0.0.1:5001 angeben.</translation>
    </message>
    <message>
        <source>This is not a token.</source>
        <translation>Das ist kein Token.</translation>
    </message>
    <message>
        <source>Copy it again, without spaces and line ends.</source>
        <translation>Erneut kopieren, ohne Leerzeichen und Zeilenenden.</translation>
    </message>
    <message>
        <source>Start PowerStream.</source>
        <translation>PowerStream starten.</translation>
    </message>
    <message>
        <source>The answer {status} is none of our service's.</source>
        <translation>Die Antwort {status} ist keine unseres Dienstes.</translation>
    </message>
    <message>
        <source>Another program may have its port; start PowerStream again.</source>
        <translation>Ein anderes Programm hat vielleicht seinen Port; PowerStream erneut starten.</translation>
    </message>
    <message>
        <source>An event of the service does not end.</source>
        <translation>Ein Ereignis des Dienstes endet nicht.</translation>
    </message>
    <message>
        <source>The answer is larger than any of our service's.</source>
        <translation>Die Antwort ist größer als jede unseres Dienstes.</translation>
    </message>
    <message>
        <source>Films from elsewhere are read by a confined process ({names}).</source>
        <translation>Fremde Filme liest ein abgeschirmter Prozess ({names}).</translation>
    </message>
    <message>
        <source>A film that was made to do harm could reach the network.</source>
        <translation>Ein Film, der Schaden anrichten soll, könnte das Netz erreichen.</translation>
    </message>
    <message>
        <source>A film that was made to do harm could read other files.</source>
        <translation>Ein Film, der Schaden anrichten soll, könnte andere Dateien lesen.</translation>
    </message>
    <message>
        <source>A film that was made to do harm could take all memory.</source>
        <translation>Ein Film, der Schaden anrichten soll, könnte allen Speicher belegen.</translation>
    </message>
    <message>
        <source>Import films only from people you trust. Linux 5.13 and newer confine what reads them.</source>
        <translation>Nur Filme von Leuten importieren, denen zu trauen ist. Linux ab 5.13 schirmt ab, was sie liest.</translation>
    </message>
    <message>
        <source>Reload the history.</source>
        <translation>Den Verlauf neu laden.</translation>
    </message>
</context>
</TS>
