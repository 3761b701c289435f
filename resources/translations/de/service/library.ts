<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>any</name>
    <message>
        <source>This cannot be taken back any more.</source>
        <translation>Das lässt sich nicht mehr zurücknehmen.</translation>
    </message>
    <message>
        <source>Look for the file in the system's bin.</source>
        <translation>Die Datei im Papierkorb des Systems suchen.</translation>
    </message>
    <message>
        <source>This replay lies in the bin.</source>
        <translation>Diese Aufzeichnung liegt im Papierkorb.</translation>
    </message>
    <message>
        <source>Take it out, or wait a minute.</source>
        <translation>Sie herausholen, oder eine Minute warten.</translation>
    </message>
    <message>
        <source>Windows did not take the file into its bin ({code}).</source>
        <translation>Windows hat die Datei nicht in seinen Papierkorb genommen ({code}).</translation>
    </message>
    <message>
        <source>{name} cannot be given chapters.</source>
        <translation>{name} können keine Kapitel gegeben werden.</translation>
    </message>
    <message>
        <source>Only a finished MP4 takes them.</source>
        <translation>Nur ein fertiges MP4 nimmt sie auf.</translation>
    </message>
    <message>
        <source>NOT RECORDING: what is streamed does not reach the file.</source>
        <translation>KEINE AUFZEICHNUNG: was gestreamt wird, kommt nicht in der Datei an.</translation>
    </message>
    <message>
        <source>A new file begins as soon as the disk takes one; check the disk.</source>
        <translation>Eine neue Datei beginnt, sobald der Datenträger eine annimmt; den Datenträger prüfen.</translation>
    </message>
    <message>
        <source>The disk has no room for two more minutes: the file has been closed.</source>
        <translation>Der Datenträger hat keinen Platz für zwei weitere Minuten: die Datei wurde geschlossen.</translation>
    </message>
    <message>
        <source>Free some space, or add another folder for recordings.</source>
        <translation>Platz schaffen, oder einen weiteren Ordner für Aufzeichnungen angeben.</translation>
    </message>
    <message>
        <source>The disk has room for less than 10 minutes of recording.</source>
        <translation>Der Datenträger hat Platz für weniger als 10 Minuten Aufzeichnung.</translation>
    </message>
    <message>
        <source>Free some space now, or add another folder for recordings.</source>
        <translation>Jetzt Platz schaffen, oder einen weiteren Ordner für Aufzeichnungen angeben.</translation>
    </message>
    <message>
        <source>The recording goes into the fallback folder.</source>
        <translation>Die Aufzeichnung geht in den Ersatzordner.</translation>
    </message>
    <message>
        <source>Check the disk of the usual folder; the next recording tries it again.</source>
        <translation>Den Datenträger des üblichen Ordners prüfen; die nächste Aufzeichnung versucht es dort wieder.</translation>
    </message>
    <message>
        <source>The disk has room for less than 30 minutes of recording.</source>
        <translation>Der Datenträger hat Platz für weniger als 30 Minuten Aufzeichnung.</translation>
    </message>
    <message>
        <source>The clip would end before it begins.</source>
        <translation>Der Clip würde enden, bevor er beginnt.</translation>
    </message>
    <message>
        <source>Choose a later end.</source>
        <translation>Ein späteres Ende wählen.</translation>
    </message>
    <message>
        <source>The clip would begin behind the end of the film.</source>
        <translation>Der Clip würde hinter dem Ende des Films beginnen.</translation>
    </message>
    <message>
        <source>Choose an earlier beginning.</source>
        <translation>Einen früheren Anfang wählen.</translation>
    </message>
    <message>
        <source>The clip would end behind the end of the film.</source>
        <translation>Der Clip würde hinter dem Ende des Films enden.</translation>
    </message>
    <message>
        <source>Choose an earlier end.</source>
        <translation>Ein früheres Ende wählen.</translation>
    </message>
    <message>
        <source>Nothing has been recorded yet.</source>
        <translation>Noch ist nichts aufgezeichnet.</translation>
    </message>
    <message>
        <source>Wait a second, then try again.</source>
        <translation>Eine Sekunde warten, dann noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Make room, then try again.</source>
        <translation>Platz schaffen, dann noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The clip cannot be made.</source>
        <translation>Der Clip kann nicht gemacht werden.</translation>
    </message>
    <message>
        <source>Look whether its disk may be written to.</source>
        <translation>Nachsehen, ob auf seinen Datenträger geschrieben werden darf.</translation>
    </message>
    <message>
        <source>There is no picture between these two moments.</source>
        <translation>Zwischen diesen beiden Augenblicken ist kein Bild.</translation>
    </message>
    <message>
        <source>Choose moments inside the film.</source>
        <translation>Augenblicke innerhalb des Films wählen.</translation>
    </message>
    <message>
        <source>The recording has just ended.</source>
        <translation>Die Aufzeichnung ist gerade zu Ende.</translation>
    </message>
    <message>
        <source>Cut the clip from its replay.</source>
        <translation>Den Clip aus der fertigen Aufzeichnung schneiden.</translation>
    </message>
    <message>
        <source>Check its disk.</source>
        <translation>Den Datenträger prüfen.</translation>
    </message>
    <message>
        <source>The folder holds too much; only the first part of it was looked at.</source>
        <translation>Der Ordner enthält zu viel; nur der erste Teil wurde angesehen.</translation>
    </message>
    <message>
        <source>Connect its disk, or choose another folder.</source>
        <translation>Seinen Datenträger anschließen, oder einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>{name} says it is the same replay as {other}; it is listed as one of its own.</source>
        <translation>{name} sagt, es sei dieselbe Aufzeichnung wie {other}; sie wird als eigene geführt.</translation>
    </message>
    <message>
        <source>What is known of a replay could not be written beside it.</source>
        <translation>Was von einer Aufzeichnung bekannt ist, konnte nicht neben sie geschrieben werden.</translation>
    </message>
    <message>
        <source>What lies beside a replay could not be read.</source>
        <translation>Was neben einer Aufzeichnung liegt, konnte nicht gelesen werden.</translation>
    </message>
    <message>
        <source>What lies beside a replay could not be removed.</source>
        <translation>Was neben einer Aufzeichnung liegt, konnte nicht entfernt werden.</translation>
    </message>
    <message>
        <source>What is to be kept of a replay cannot be.</source>
        <translation>Was von einer Aufzeichnung aufbewahrt werden soll, kann nicht sein.</translation>
    </message>
    <message>
        <source>Check the replay's details.</source>
        <translation>Die Angaben zur Aufzeichnung prüfen.</translation>
    </message>
    <message>
        <source>{name} was written by another version of PowerStream.</source>
        <translation>{name} stammt von einer anderen Version von PowerStream.</translation>
    </message>
    <message>
        <source>Use the newest PowerStream.</source>
        <translation>Das neueste PowerStream benutzen.</translation>
    </message>
    <message>
        <source>{name} does not say what PowerStream knows of a replay.</source>
        <translation>{name} sagt nicht, was PowerStream von einer Aufzeichnung weiß.</translation>
    </message>
    <message>
        <source>It is left alone; the replay is listed without it.</source>
        <translation>Es bleibt unberührt; die Aufzeichnung wird ohne es geführt.</translation>
    </message>
    <message>
        <source>This file wants more memory than any film does.</source>
        <translation>Diese Datei verlangt mehr Speicher als irgendein Film.</translation>
    </message>
    <message>
        <source>It may be damaged.</source>
        <translation>Sie ist vielleicht beschädigt.</translation>
    </message>
    <message>
        <source>Nothing in {name} can be decoded.</source>
        <translation>Nichts in {name} kann dekodiert werden.</translation>
    </message>
    <message>
        <source>Try to play it in a player.</source>
        <translation>In einem Player abzuspielen versuchen.</translation>
    </message>
    <message>
        <source>{name} holds no moment of film.</source>
        <translation>{name} enthält keinen Augenblick Film.</translation>
    </message>
    <message>
        <source>It may have been cut off.</source>
        <translation>Sie wurde vielleicht abgeschnitten.</translation>
    </message>
    <message>
        <source>{name} holds pictures in {codec*}, which are not taken.</source>
        <translation>{name} enthält Bilder in {codec}, die nicht genommen werden.</translation>
    </message>
    <message>
        <source>a codec without a name</source>
        <translation>einem Codec ohne Namen</translation>
    </message>
    <message>
        <source>Convert it first; {codecs} are taken.</source>
        <translation>Zuerst umwandeln; {codecs} werden genommen.</translation>
    </message>
    <message>
        <source>{name} has pictures of {size}, which are not taken.</source>
        <translation>{name} hat Bilder von {size}, die nicht genommen werden.</translation>
    </message>
    <message>
        <source>{size} is the most.</source>
        <translation>Höchstens {size}.</translation>
    </message>
    <message>
        <source>{kinds} are taken.</source>
        <translation>{kinds} werden genommen.</translation>
    </message>
    <message>
        <source>{name} has no pictures in it.</source>
        <translation>In {name} sind keine Bilder.</translation>
    </message>
    <message>
        <source>Choose a video.</source>
        <translation>Ein Video wählen.</translation>
    </message>
    <message>
        <source>{name} is empty.</source>
        <translation>{name} ist leer.</translation>
    </message>
    <message>
        <source>{name} is {kind*}, not a video.</source>
        <translation>{name} ist {kind}, kein Video.</translation>
    </message>
    <message>
        <source>Look whether it was moved.</source>
        <translation>Nachsehen, ob sie verschoben wurde.</translation>
    </message>
    <message>
        <source>{name} is a folder.</source>
        <translation>{name} ist ein Ordner.</translation>
    </message>
    <message>
        <source>{name} may not be read.</source>
        <translation>{name} darf nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Change its permissions, or copy it.</source>
        <translation>Ihre Rechte ändern, oder sie kopieren.</translation>
    </message>
    <message>
        <source>Look at the disk.</source>
        <translation>Nach dem Datenträger sehen.</translation>
    </message>
    <message>
        <source>{name} is damaged.</source>
        <translation>{name} ist beschädigt.</translation>
    </message>
    <message>
        <source>The first picture cannot be decoded.</source>
        <translation>Das erste Bild kann nicht dekodiert werden.</translation>
    </message>
    <message>
        <source>The last pictures cannot be decoded.</source>
        <translation>Die letzten Bilder können nicht dekodiert werden.</translation>
    </message>
    <message>
        <source>The file cannot be read to its end.</source>
        <translation>Die Datei kann nicht bis zum Ende gelesen werden.</translation>
    </message>
    <message>
        <source>There are no {what*} in it.</source>
        <translation>Darin fehlt: {what}.</translation>
    </message>
    <message>
        <source>pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>sound</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Its sound track is empty.</source>
        <translation>Ihre Tonspur ist leer.</translation>
    </message>
    <message>
        <source>{n} pieces of the {what*} are damaged.</source>
        <translation>{n} Stücke sind beschädigt ({what}).</translation>
    </message>
    <message>
        <source>The times of the {what*} go back {n} times.</source>
        <translation>Die Zeiten gehen {n}-mal zurück ({what}).</translation>
    </message>
    <message>
        <source>The {longer*} go on for {n} s after the {shorter*}.</source>
        <translation>{longer}: geht {n#} s weiter als {shorter}.</translation>
    </message>
    <message>
        <source>Work on {name} took too long and was ended.</source>
        <translation>Die Arbeit an {name} dauerte zu lange und wurde beendet.</translation>
    </message>
    <message>
        <source>Look whether the file is damaged, and whether its disk answers.</source>
        <translation>Nachsehen, ob die Datei beschädigt ist, und ob ihr Datenträger antwortet.</translation>
    </message>
    <message>
        <source>The process for work on media cannot be started.</source>
        <translation>Der Prozess für Arbeiten an Medien kann nicht gestartet werden.</translation>
    </message>
    <message>
        <source>{name} cannot be worked on: it breaks what reads it.</source>
        <translation>Mit {name} kann nicht gearbeitet werden: sie zerbricht, was sie liest.</translation>
    </message>
    <message>
        <source>It is damaged, or made to do harm.</source>
        <translation>Sie ist beschädigt, oder gemacht, um zu schaden.</translation>
    </message>
    <message>
        <source>Try again after its next start.</source>
        <translation>Nach dem nächsten Start noch einmal versuchen.</translation>
    </message>
    <message>
        <source>a script</source>
        <translation>ein Skript</translation>
    </message>
    <message>
        <source>an AVI file</source>
        <translation>eine AVI-Datei</translation>
    </message>
    <message>
        <source>a sound file</source>
        <translation>eine Tondatei</translation>
    </message>
    <message>
        <source>a WebP picture</source>
        <translation>ein WebP-Bild</translation>
    </message>
    <message>
        <source>a RIFF file</source>
        <translation>eine RIFF-Datei</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>ein Text</translation>
    </message>
    <message>
        <source>something else</source>
        <translation>etwas anderes</translation>
    </message>
    <message>
        <source>a playlist</source>
        <translation>eine Playlist</translation>
    </message>
    <message>
        <source>a text in XML</source>
        <translation>ein Text in XML</translation>
    </message>
    <message>
        <source>a JPEG picture</source>
        <translation>ein JPEG-Bild</translation>
    </message>
    <message>
        <source>a PNG picture</source>
        <translation>ein PNG-Bild</translation>
    </message>
    <message>
        <source>a GIF picture</source>
        <translation>ein GIF-Bild</translation>
    </message>
    <message>
        <source>a PDF document</source>
        <translation>ein PDF-Dokument</translation>
    </message>
    <message>
        <source>a ZIP archive, or a document of an office program</source>
        <translation>ein ZIP-Archiv oder ein Dokument eines Büroprogramms</translation>
    </message>
    <message>
        <source>a packed archive</source>
        <translation>ein gepacktes Archiv</translation>
    </message>
    <message>
        <source>an Ogg file</source>
        <translation>eine Ogg-Datei</translation>
    </message>
    <message>
        <source>a Windows Media file</source>
        <translation>eine Windows-Media-Datei</translation>
    </message>
    <message>
        <source>an MPEG program stream, as DVDs have it</source>
        <translation>ein MPEG-Programmstrom, wie DVDs ihn haben</translation>
    </message>
    <message>
        <source>a program</source>
        <translation>ein Programm</translation>
    </message>
    <message>
        <source>The strip of this replay is not made yet.</source>
        <translation>Der Bildstreifen dieser Aufzeichnung ist noch nicht gemacht.</translation>
    </message>
    <message>
        <source>It is made now; ask again in a moment.</source>
        <translation>Er wird jetzt gemacht; gleich noch einmal fragen.</translation>
    </message>
    <message>
        <source>The sound of this replay is not measured yet.</source>
        <translation>Der Ton dieser Aufzeichnung ist noch nicht gemessen.</translation>
    </message>
    <message>
        <source>It is measured now; ask again in a moment.</source>
        <translation>Er wird jetzt gemessen; gleich noch einmal fragen.</translation>
    </message>
    <message>
        <source>{name} could not be copied to the recordings.</source>
        <translation>{name} konnte nicht zu den Aufzeichnungen kopiert werden.</translation>
    </message>
    <message>
        <source>{name} is being recorded.</source>
        <translation>{name} wird gerade aufgezeichnet.</translation>
    </message>
    <message>
        <source>It comes into the library by itself when it is finished.</source>
        <translation>Sie kommt von selbst in die Bibliothek, wenn sie fertig ist.</translation>
    </message>
    <message>
        <source>{name} is a copy in a cloud store.</source>
        <translation>{name} ist eine Kopie in einem Cloud-Speicher.</translation>
    </message>
    <message>
        <source>Choose that folder as the store in the settings of the cloud: its replays come by themselves.</source>
        <translation>Wähle diesen Ordner in den Einstellungen der Cloud als Speicher: Seine Aufzeichnungen kommen von selbst.</translation>
    </message>
    <message>
        <source>{name} is not a file.</source>
        <translation>{name} ist keine Datei.</translation>
    </message>
    <message>
        <source>Too many imports wait.</source>
        <translation>Zu viele Importe warten.</translation>
    </message>
    <message>
        <source>Wait until some of them are finished.</source>
        <translation>Warten, bis einige davon fertig sind.</translation>
    </message>
    <message>
        <source>{name} is being written.</source>
        <translation>{name} wird gerade geschrieben.</translation>
    </message>
    <message>
        <source>Import it when it is finished.</source>
        <translation>Importieren, wenn sie fertig ist.</translation>
    </message>
    <message>
        <source>PowerStream made a mistake; the log has the details.</source>
        <translation>PowerStream hat einen Fehler gemacht; das Protokoll hat die Einzelheiten.</translation>
    </message>
    <message>
        <source>{name} is in the library already.</source>
        <translation>{name} ist schon in der Bibliothek.</translation>
    </message>
    <message>
        <source>Look for it by its length.</source>
        <translation>Nach ihrer Länge suchen.</translation>
    </message>
    <message>
        <source>The pictures of a replay could not be saved.</source>
        <translation>Die Bilder einer Aufzeichnung konnten nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>Make room on the disk with PowerStream's data.</source>
        <translation>Platz auf dem Datenträger mit PowerStreams Daten schaffen.</translation>
    </message>
    <message>
        <source>Check its name.</source>
        <translation>Ihren Namen prüfen.</translation>
    </message>
    <message>
        <source>{name} cannot be recovered.</source>
        <translation>{name} kann nicht gerettet werden.</translation>
    </message>
    <message>
        <source>This film cannot be shown.</source>
        <translation>Dieser Film kann nicht gezeigt werden.</translation>
    </message>
    <message>
        <source>Moved to the bin.</source>
        <translation>In den Papierkorb gelegt.</translation>
    </message>
    <message>
        <source>It is older than replays are kept.</source>
        <translation>Sie ist älter, als Aufzeichnungen aufgehoben werden.</translation>
    </message>
    <message>
        <source>It is the oldest, and all replays take more space than they may.</source>
        <translation>Sie ist die älteste, und alle Aufzeichnungen zusammen brauchen mehr Platz, als sie dürfen.</translation>
    </message>
    <message>
        <source>It is pinned.</source>
        <translation>Sie ist angeheftet.</translation>
    </message>
    <message>
        <source>Its copy in the cloud is not finished.</source>
        <translation>Ihre Kopie in der Cloud ist noch nicht fertig.</translation>
    </message>
    <message>
        <source>There is no other copy of it.</source>
        <translation>Es gibt keine andere Kopie davon.</translation>
    </message>
    <message>
        <source>The file of the replay cannot be moved to the bin.</source>
        <translation>Die Datei der Aufzeichnung kann nicht in den Papierkorb gelegt werden.</translation>
    </message>
    <message>
        <source>The file of the replay cannot be taken out of the bin.</source>
        <translation>Die Datei der Aufzeichnung kann nicht aus dem Papierkorb geholt werden.</translation>
    </message>
    <message>
        <source>A removed replay cannot be moved into the system's bin.</source>
        <translation>Eine entfernte Aufzeichnung kann nicht in den Papierkorb des Systems gelegt werden.</translation>
    </message>
    <message>
        <source>Close what plays it, and check the disk.</source>
        <translation>Schließen, was sie abspielt, und den Datenträger prüfen.</translation>
    </message>
    <message>
        <source>Reload the list of clips.</source>
        <translation>Die Liste der Clips neu laden.</translation>
    </message>
    <message>
        <source>Too many clips wait.</source>
        <translation>Zu viele Clips warten.</translation>
    </message>
    <message>
        <source>Wait until some are done.</source>
        <translation>Warten, bis einige fertig sind.</translation>
    </message>
    <message>
        <source>The disk is full: no clip can be written.</source>
        <translation>Der Datenträger ist voll: es kann kein Clip geschrieben werden.</translation>
    </message>
    <message>
        <source>No clip can be written into {folder}.</source>
        <translation>In {folder} kann kein Clip geschrieben werden.</translation>
    </message>
    <message>
        <source>Make the folder writable for you, and the disk if it is read-only.</source>
        <translation>Den Ordner für diesen Benutzer beschreibbar machen, und den Datenträger, wenn er nur lesbar ist.</translation>
    </message>
    <message>
        <source>The film of this replay is not on this computer.</source>
        <translation>Der Film dieser Aufzeichnung ist nicht auf diesem Computer.</translation>
    </message>
    <message>
        <source>Connect its disk, or fetch it first.</source>
        <translation>Seinen Datenträger anschließen, oder ihn zuerst holen.</translation>
    </message>
    <message>
        <source>Go live with the recording on.</source>
        <translation>Mit eingeschalteter Aufzeichnung live gehen.</translation>
    </message>
    <message>
        <source>This broadcast is not recorded.</source>
        <translation>Diese Sendung wird nicht aufgezeichnet.</translation>
    </message>
    <message>
        <source>Go live with the recording switched on.</source>
        <translation>Mit eingeschalteter Aufzeichnung live gehen.</translation>
    </message>
    <message>
        <source>The cloud takes no replay with such an id or such a file.</source>
        <translation>Die Cloud nimmt keine Aufzeichnung mit so einer Kennung oder so einer Datei.</translation>
    </message>
    <message>
        <source>Import its film anew as MP4.</source>
        <translation>Ihren Film neu als MP4 importieren.</translation>
    </message>
</context>
</TS>
