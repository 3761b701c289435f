<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>settings</name>
    <message>
        <source>Size of the program.</source>
        <translation>Größe des Programms.</translation>
    </message>
    <message>
        <source>Size of the portrait rendition, where one is sent.</source>
        <translation>Größe der Hochkant-Fassung, wo eine gesendet wird.</translation>
    </message>
    <message>
        <source>Frames a second.</source>
        <translation>Bilder je Sekunde.</translation>
    </message>
    <message>
        <source>Bitrate of the pictures.</source>
        <translation>Bitrate der Bilder.</translation>
    </message>
    <message>
        <source>Lower the bitrate while the upload is too small for all destinations.</source>
        <translation>Die Bitrate senken, solange der Upload für alle Ziele zu klein ist.</translation>
    </message>
    <message>
        <source>Low answers at once, normal gives a better picture.</source>
        <translation>Niedrig antwortet sofort, normal gibt ein besseres Bild.</translation>
    </message>
    <message>
        <source>What the pictures are compressed to; every platform takes H.264.</source>
        <translation>Worin die Bilder komprimiert werden; jede Plattform nimmt H.264.</translation>
    </message>
    <message>
        <source>Which encoder makes them; the automatic choice takes the best that works.</source>
        <translation>Welcher Encoder sie macht; die automatische Wahl nimmt den besten, der funktioniert.</translation>
    </message>
    <message>
        <source>How long the platforms are kept when the encoder vanishes; 0 ends the broadcast at once.</source>
        <translation>Wie lange die Plattformen gehalten werden, wenn der Encoder verschwindet; 0 beendet die Sendung sofort.</translation>
    </message>
    <message>
        <source>Where recordings go; empty for the usual folder.</source>
        <translation>Wohin Aufnahmen kommen; leer für den üblichen Ordner.</translation>
    </message>
    <message>
        <source>Listen for these shortcuts while other programs have the focus.</source>
        <translation>Auf diese Kürzel hören, während andere Programme im Vordergrund sind.</translation>
    </message>
    <message>
        <source>Go live as last time, or end the broadcast: press it twice, or hold it for a second.</source>
        <translation>Wie beim letzten Mal live gehen oder die Sendung beenden: zweimal drücken oder eine Sekunde halten.</translation>
    </message>
    <message>
        <source>Mark this moment of the broadcast, to find it again in the replay.</source>
        <translation>Diesen Moment der Sendung markieren, um ihn in der Aufzeichnung wiederzufinden.</translation>
    </message>
    <message>
        <source>Mute all microphones, or let them be heard again.</source>
        <translation>Alle Mikrofone stummschalten oder wieder hören lassen.</translation>
    </message>
    <message>
        <source>While it is held, channels that are set to push to talk are heard.</source>
        <translation>Solange es gehalten wird, sind Kanäle mit Push-to-talk zu hören.</translation>
    </message>
    <message>
        <source>Show “Be right back” and mute everything at once; pressed again, go on.</source>
        <translation>„Gleich zurück“ zeigen und sofort alles stummschalten; noch einmal gedrückt, weitermachen.</translation>
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
        <translation>Farben des Fensters; wahlweise wie der Desktop.</translation>
    </message>
    <message>
        <source>Size of all text in the window.</source>
        <translation>Größe aller Schrift im Fenster.</translation>
    </message>
    <message>
        <source>Language of the window; system follows the desktop.</source>
        <translation>Sprache des Fensters; wahlweise wie der Desktop.</translation>
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
        <translation>Encoder auf anderen Computern des eigenen Netzes hier senden lassen; sie brauchen den Streamschlüssel und schicken ihn unverschlüsselt.</translation>
    </message>
    <message>
        <source>Let devices of your network that you have paired look at and drive PowerStream, encrypted.</source>
        <translation>Gekoppelte Geräte des eigenen Netzes PowerStream ansehen und steuern lassen, verschlüsselt.</translation>
    </message>
    <message>
        <source>Port for those devices.</source>
        <translation>Port für diese Geräte.</translation>
    </message>
    <message>
        <source>Where stream keys are kept: the system's keyring, this run only, or a file sealed with a passphrase.</source>
        <translation>Wo Streamschlüssel liegen: im Schlüsselbund des Systems, nur für diesen Lauf oder in einer Datei, die mit einem Kennwort versiegelt ist.</translation>
    </message>
    <message>
        <source>The setting {name} must be a whole number from {lowest} to {highest}.</source>
        <translation>Die Einstellung {name} muss eine ganze Zahl von {lowest} bis {highest} sein.</translation>
    </message>
    <message>
        <source>The setting {name} must look like {example}.</source>
        <translation>Die Einstellung {name} muss aussehen wie {example}.</translation>
    </message>
    <message>
        <source>The setting {name} must be one of {choices}.</source>
        <translation>Die Einstellung {name} muss eines von {choices} sein.</translation>
    </message>
    <message>
        <source>The setting {name} must be true or false.</source>
        <translation>Die Einstellung {name} muss wahr oder falsch sein.</translation>
    </message>
    <message>
        <source>The setting {name} must be the full path of a folder.</source>
        <translation>Die Einstellung {name} muss der volle Pfad eines Ordners sein.</translation>
    </message>
    <message>
        <source>The setting {name} must be a key with Ctrl, Alt or Meta, such as Ctrl+Alt+M.</source>
        <translation>Die Einstellung {name} muss eine Taste mit Strg, Alt oder Meta sein, etwa Ctrl+Alt+M.</translation>
    </message>
    <message>
        <source>This key cannot be part of a shortcut.</source>
        <translation>Diese Taste kann nicht Teil eines Kürzels sein.</translation>
    </message>
    <message>
        <source>A shortcut needs Ctrl, Alt or the system's own key beside it.</source>
        <translation>Ein Kürzel braucht Strg, Alt oder die Taste des Systems dazu.</translation>
    </message>
    <message>
        <source>There is no scene {number}.</source>
        <translation>Es gibt keine Szene {number}.</translation>
    </message>
    <message>
        <source>Add one in the studio, or take another key.</source>
        <translation>Im Studio eine hinzufügen oder eine andere Taste nehmen.</translation>
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
        <translation>Kein Kanal ist auf Push-to-talk gestellt.</translation>
    </message>
    <message>
        <source>Choose it for a channel in the studio's mixer.</source>
        <translation>Im Mischpult des Studios für einen Kanal wählen.</translation>
    </message>
    <message>
        <source>This key goes live as last time, and there was none yet.</source>
        <translation>Diese Taste geht wie beim letzten Mal live, und es gab noch keines.</translation>
    </message>
    <message>
        <source>Go live once from the window.</source>
        <translation>Einmal aus dem Fenster live gehen.</translation>
    </message>
</context>
</TS>
