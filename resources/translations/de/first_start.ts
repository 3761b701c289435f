<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>FirstStartPage</name>
    <message>
        <source>Add a platform</source>
        <translation>Plattform hinzufügen</translation>
    </message>
    <message>
        <source>Rehearse</source>
        <translation>Proben</translation>
    </message>
    <message>
        <source>Go live</source>
        <translation>Live gehen</translation>
    </message>
    <message>
        <source>Skip: show me the studio</source>
        <translation>Überspringen: zum Studio</translation>
    </message>
    <message>
        <source>1. Add your first platform</source>
        <translation>1. Erste Plattform hinzufügen</translation>
    </message>
    <message>
        <source>Pick it from the list, paste its key, and have it checked. You can add more at any time.</source>
        <translation>Aus der Liste wählen, Schlüssel einfügen, prüfen lassen. Weitere jederzeit.</translation>
    </message>
    <message>
        <source>2. Rehearse</source>
        <translation>2. Proben</translation>
    </message>
    <message>
        <source>Sends to a test receiver on this computer: nothing goes out, and every part is tried.</source>
        <translation>Sendet an einen Testempfänger auf diesem Computer: nichts geht hinaus, und alles wird erprobt.</translation>
    </message>
    <message>
        <source>3. Go live</source>
        <translation>3. Live gehen</translation>
    </message>
    <message>
        <source>You are asked for a title, and everything is looked at before anything goes out.</source>
        <translation>Erst kommt die Frage nach dem Titel, dann wird alles geprüft, bevor etwas hinausgeht.</translation>
    </message>
    <message>
        <source>Add another platform</source>
        <translation>Weitere Plattform hinzufügen</translation>
    </message>
    <message>
        <source>{name}: the key is kept</source>
        <translation>{name}: Schlüssel da</translation>
    </message>
    <message>
        <source>{name}: needs a key</source>
        <translation>{name}: braucht einen Schlüssel</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Startet…</translation>
    </message>
    <message>
        <source>Welcome. Two minutes to your first broadcast.</source>
        <translation>Willkommen. In zwei Minuten zur ersten Sendung.</translation>
    </message>
    <message>
        <source>Everything is set up so that it works; all of it can be changed later.</source>
        <translation>Alles ist so eingestellt, dass es geht; ändern lässt es sich später.</translation>
    </message>
</context>
<context>
    <name>SeenCard</name>
    <message>
        <source>What your audience would see and hear now</source>
        <translation>Was das Publikum jetzt sähe und hörte</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Erneut prüfen</translation>
    </message>
    <message>
        <source>Looking for screens…</source>
        <translation>Bildschirme werden gesucht…</translation>
    </message>
    <message>
        <source>Looking for cameras…</source>
        <translation>Kameras werden gesucht…</translation>
    </message>
    <message>
        <source>Listening for a microphone…</source>
        <translation>Mikrofon wird gesucht…</translation>
    </message>
    <message>
        <source>“{scene}” is ready</source>
        <translation>„{scene}“ ist bereit</translation>
    </message>
</context>
<context>
    <name>Senses</name>
    <message>
        <source>Screen: {names}</source>
        <translation>Bildschirm: {names}</translation>
    </message>
    <message>
        <source>Screen: your system will ask which one to show</source>
        <translation>Bildschirm: das System fragt, welcher gezeigt wird</translation>
    </message>
    <message>
        <source>Camera: {names}</source>
        <translation>Kamera: {names}</translation>
    </message>
    <message>
        <source>No camera was found</source>
        <translation>Keine Kamera gefunden</translation>
    </message>
    <message>
        <source>Plug one in and look again; until then the screen goes out alone.</source>
        <translation>Eine anschließen und erneut suchen; bis dahin geht nur der Bildschirm hinaus.</translation>
    </message>
    <message>
        <source>No microphone was found</source>
        <translation>Kein Mikrofon gefunden</translation>
    </message>
    <message>
        <source>Plug one in and look again; until then nobody hears you.</source>
        <translation>Eines anschließen und erneut suchen; bis dahin ist nichts zu hören.</translation>
    </message>
    <message>
        <source>Your microphone is heard</source>
        <translation>Das Mikrofon ist zu hören</translation>
    </message>
    <message>
        <source>Microphone: {name}</source>
        <translation>Mikrofon: {name}</translation>
    </message>
    <message>
        <source>Say something: the bar moves when you are heard.</source>
        <translation>Etwas sagen: der Balken bewegt sich, wenn es zu hören ist.</translation>
    </message>
</context>
</TS>
