<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>any</name>
    <message>
        <source>Uploads wait: this computer is in no network.</source>
        <translation>Uploads warten: Dieser Computer ist in keinem Netz.</translation>
    </message>
    <message>
        <source>They go on by themselves when there is one.</source>
        <translation>Sie gehen von selbst weiter, sobald es eines gibt.</translation>
    </message>
    <message>
        <source>Uploads wait: this network is metered.</source>
        <translation>Uploads warten: Dieses Netz ist getaktet.</translation>
    </message>
    <message>
        <source>They go on by themselves in another one; the settings of the cloud can allow it here.</source>
        <translation>In einem anderen gehen sie von selbst weiter; die Einstellungen der Cloud können es hier erlauben.</translation>
    </message>
    <message>
        <source>The only copy of this replay is in {place}, which is not the store of the settings.</source>
        <translation>Die einzige Kopie dieser Aufzeichnung liegt in {place}; das ist nicht der Speicher der Einstellungen.</translation>
    </message>
    <message>
        <source>The only copy of this replay is in a store that is not that of the settings.</source>
        <translation>Die einzige Kopie dieser Aufzeichnung liegt in einem Speicher, der nicht der der Einstellungen ist.</translation>
    </message>
    <message>
        <source>Choose that store again to watch the replay, or remove the replay from the library.</source>
        <translation>Jenen Speicher wieder wählen, um die Aufzeichnung zu sehen, oder sie aus der Bibliothek entfernen.</translation>
    </message>
    <message>
        <source>PowerStream made a mistake with this upload.</source>
        <translation>PowerStream hat bei diesem Upload einen Fehler gemacht.</translation>
    </message>
    <message>
        <source>The others go on, and this one is tried again in an hour. Send us the log.</source>
        <translation>Die anderen gehen weiter, und dieser wird in einer Stunde wieder versucht. Bitte das Protokoll an uns schicken.</translation>
    </message>
    <message>
        <source>The process for the cloud store ends again and again.</source>
        <translation>Der Prozess für den Cloud-Speicher endet immer wieder.</translation>
    </message>
    <message>
        <source>It is tried again later. If this goes on, restart PowerStream.</source>
        <translation>Es wird später wieder versucht. Wenn es so weitergeht, PowerStream neu starten.</translation>
    </message>
    <message>
        <source>The cloud store says that its copy is another one.</source>
        <translation>Der Cloud-Speicher sagt, dass seine Kopie eine andere ist.</translation>
    </message>
    <message>
        <source>The cloud store's copy holds other bytes.</source>
        <translation>Die Kopie im Cloud-Speicher hat einen anderen Inhalt.</translation>
    </message>
    <message>
        <source>The cloud store has no copy.</source>
        <translation>Der Cloud-Speicher hat keine Kopie.</translation>
    </message>
    <message>
        <source>There is no cloud store.</source>
        <translation>Es gibt keinen Cloud-Speicher.</translation>
    </message>
    <message>
        <source>Set one up in the settings.</source>
        <translation>Einen in den Einstellungen einrichten.</translation>
    </message>
    <message>
        <source>The process for the cloud store cannot be started.</source>
        <translation>Der Prozess für den Cloud-Speicher kann nicht gestartet werden.</translation>
    </message>
    <message>
        <source>{name} is there already.</source>
        <translation>{name} ist schon da.</translation>
    </message>
    <message>
        <source>Rename or remove the file that is in its place.</source>
        <translation>Die Datei an dieser Stelle umbenennen oder entfernen.</translation>
    </message>
    <message>
        <source>The disk is too full for {name}.</source>
        <translation>Der Datenträger ist zu voll für {name}.</translation>
    </message>
    <message>
        <source>Free some space, and download it again.</source>
        <translation>Platz schaffen, und noch einmal herunterladen.</translation>
    </message>
    <message>
        <source>Look whether the disk is there and may be written to.</source>
        <translation>Nachsehen, ob der Datenträger da ist und beschrieben werden darf.</translation>
    </message>
    <message>
        <source>The transfer was stopped.</source>
        <translation>Die Übertragung wurde angehalten.</translation>
    </message>
    <message>
        <source>Look whether its disk is there.</source>
        <translation>Nachsehen, ob der Datenträger da ist.</translation>
    </message>
    <message>
        <source>What the cloud says of a replay cannot be understood.</source>
        <translation>Was die Cloud über eine Aufzeichnung sagt, ist nicht zu verstehen.</translation>
    </message>
    <message>
        <source>It is left alone; use the newest PowerStream everywhere.</source>
        <translation>Es bleibt unberührt; überall das neueste PowerStream benutzen.</translation>
    </message>
    <message>
        <source>The disk of the store is full.</source>
        <translation>Der Datenträger des Speichers ist voll.</translation>
    </message>
    <message>
        <source>Free some space there. Uploads go on by themselves then.</source>
        <translation>Dort Platz schaffen. Uploads gehen dann von selbst weiter.</translation>
    </message>
    <message>
        <source>The disk of the store takes no file of this size.</source>
        <translation>Der Datenträger des Speichers nimmt keine Datei dieser Größe.</translation>
    </message>
    <message>
        <source>A disk that is formatted with FAT32 ends at 4 GB: use another one, or format it anew.</source>
        <translation>Ein Datenträger mit FAT32 endet bei 4 GB: einen anderen benutzen, oder ihn neu formatieren.</translation>
    </message>
    <message>
        <source>The folder of the store cannot be written to.</source>
        <translation>In den Ordner des Speichers kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>The disk of the store reports a fault.</source>
        <translation>Der Datenträger des Speichers meldet einen Fehler.</translation>
    </message>
    <message>
        <source>Check the disk. It is tried again by itself.</source>
        <translation>Den Datenträger prüfen. Es wird von selbst wieder versucht.</translation>
    </message>
    <message>
        <source>A name is too long for the disk of the store.</source>
        <translation>Ein Name ist zu lang für den Datenträger des Speichers.</translation>
    </message>
    <message>
        <source>Choose a shorter folder within the store.</source>
        <translation>Einen kürzeren Ordner im Speicher wählen.</translation>
    </message>
    <message>
        <source>The store has no folder.</source>
        <translation>Der Speicher hat keinen Ordner.</translation>
    </message>
    <message>
        <source>Choose one.</source>
        <translation>Einen wählen.</translation>
    </message>
    <message>
        <source>A folder has no public address.</source>
        <translation>Ein Ordner hat keine öffentliche Adresse.</translation>
    </message>
    <message>
        <source>If the folder is served on the web, enter that address in the settings of the cloud.</source>
        <translation>Wird der Ordner im Web angeboten, diese Adresse in den Einstellungen der Cloud eingeben.</translation>
    </message>
    <message>
        <source>The link to a replay does not open.</source>
        <translation>Der Link zu einer Aufzeichnung öffnet sich nicht.</translation>
    </message>
    <message>
        <source>Check the public address of the replays, or leave it empty to have links made for a limited time.</source>
        <translation>Die öffentliche Adresse der Aufzeichnungen prüfen, oder sie leer lassen: dann gelten Links eine begrenzte Zeit.</translation>
    </message>
    <message>
        <source>The cloud store needs an access key.</source>
        <translation>Der Cloud-Speicher braucht einen Zugangsschlüssel.</translation>
    </message>
    <message>
        <source>Enter the access key and its secret in the settings.</source>
        <translation>Zugangsschlüssel und Geheimnis in den Einstellungen eingeben.</translation>
    </message>
    <message>
        <source>The upload waits.</source>
        <translation>Das Hochladen wartet.</translation>
    </message>
    <message>
        <source>It goes on by itself.</source>
        <translation>Es geht von selbst weiter.</translation>
    </message>
    <message>
        <source>Check the disk it lies on.</source>
        <translation>Den Datenträger prüfen, auf dem sie liegt.</translation>
    </message>
    <message>
        <source>The file has become shorter while it was uploaded.</source>
        <translation>Die Datei ist beim Hochladen kürzer geworden.</translation>
    </message>
    <message>
        <source>It is looked at again, and uploaded as it is then.</source>
        <translation>Sie wird noch einmal angesehen, und dann so hochgeladen, wie sie ist.</translation>
    </message>
    <message>
        <source>The cloud store does not list what was just written to it.</source>
        <translation>Der Cloud-Speicher nennt nicht, was eben in ihn geschrieben wurde.</translation>
    </message>
    <message>
        <source>Choose a store whose listings are up to date.</source>
        <translation>Einen Speicher wählen, dessen Listen aktuell sind.</translation>
    </message>
    <message>
        <source>The cloud store does not delete.</source>
        <translation>Der Cloud-Speicher löscht nicht.</translation>
    </message>
    <message>
        <source>Allow the access key to delete objects in this bucket.</source>
        <translation>Dem Zugangsschlüssel erlauben, in diesem Bucket zu löschen.</translation>
    </message>
    <message>
        <source>The store cannot tell when two computers write to it at the same moment.</source>
        <translation>Der Speicher merkt nicht, wenn zwei Computer im selben Augenblick schreiben.</translation>
    </message>
    <message>
        <source>If several computers use it, do not edit the same replay on two of them at the same time.</source>
        <translation>Benutzen ihn mehrere Computer, dieselbe Aufzeichnung nicht auf zweien gleichzeitig bearbeiten.</translation>
    </message>
    <message>
        <source>The store does not check whether what arrives is what was sent.</source>
        <translation>Der Speicher prüft nicht, ob ankommt, was gesendet wurde.</translation>
    </message>
    <message>
        <source>Switch on full verification, which downloads each replay once after the upload.</source>
        <translation>Die vollständige Prüfung einschalten: sie lädt jede Aufzeichnung nach dem Hochladen einmal herunter.</translation>
    </message>
    <message>
        <source>Replays go to the store unencrypted: whoever is on the way can watch them.</source>
        <translation>Aufzeichnungen gehen unverschlüsselt zum Speicher: wer dazwischen sitzt, kann sie ansehen.</translation>
    </message>
    <message>
        <source>Enter an address that begins with https://.</source>
        <translation>Eine Adresse eingeben, die mit https:// beginnt.</translation>
    </message>
    <message>
        <source>Nobody can watch the replays by a link.</source>
        <translation>Niemand kann die Aufzeichnungen über einen Link ansehen.</translation>
    </message>
    <message>
        <source>Enter the address at which the bucket or the folder is open to the public, if it is.</source>
        <translation>Die Adresse eingeben, unter der Bucket oder Ordner öffentlich sind, falls sie es sind.</translation>
    </message>
    <message>
        <source>This computer's clock and the store's differ by {minutes} minutes.</source>
        <translation>Die Uhren dieses Computers und des Speichers gehen um {minutes} Minuten auseinander.</translation>
    </message>
    <message>
        <source>Set the computer's clock by the network. Uploads work all the same.</source>
        <translation>Die Uhr des Computers nach dem Netz stellen. Hochgeladen wird trotzdem.</translation>
    </message>
    <message>
        <source>Choose a folder on the disk that is to keep the replays.</source>
        <translation>Einen Ordner auf dem Datenträger wählen, der die Aufzeichnungen aufnehmen soll.</translation>
    </message>
    <message>
        <source>The public address of the replays must end with a slash.</source>
        <translation>Die öffentliche Adresse der Aufzeichnungen muss mit einem Schrägstrich enden.</translation>
    </message>
    <message>
        <source>Add the slash.</source>
        <translation>Den Schrägstrich ergänzen.</translation>
    </message>
    <message>
        <source>The access key or its secret has characters that none can have.</source>
        <translation>Zugangsschlüssel oder Geheimnis haben Zeichen, die es dort nicht gibt.</translation>
    </message>
    <message>
        <source>Copy both again, without blanks or line ends.</source>
        <translation>Beide noch einmal kopieren, ohne Leerzeichen und Zeilenenden.</translation>
    </message>
    <message>
        <source>The access key or its secret is missing.</source>
        <translation>Zugangsschlüssel oder Geheimnis fehlt.</translation>
    </message>
    <message>
        <source>Enter both.</source>
        <translation>Beide eingeben.</translation>
    </message>
    <message>
        <source>The address of the store has something behind the host.</source>
        <translation>In der Adresse des Speichers steht etwas hinter dem Host.</translation>
    </message>
    <message>
        <source>Enter it without the bucket; the bucket has its own field.</source>
        <translation>Sie ohne den Bucket eingeben; der hat ein eigenes Feld.</translation>
    </message>
    <message>
        <source>The store has neither an address nor a region.</source>
        <translation>Der Speicher hat weder Adresse noch Region.</translation>
    </message>
    <message>
        <source>Enter the address; for Amazon S3 the region is enough.</source>
        <translation>Die Adresse eingeben; für Amazon S3 genügt die Region.</translation>
    </message>
    <message>
        <source>It has 3 to 63 letters, digits, dots and hyphens.</source>
        <translation>Er hat 3 bis 63 Buchstaben, Ziffern, Punkte und Bindestriche.</translation>
    </message>
    <message>
        <source>address of the store</source>
        <translation>Adresse des Speichers</translation>
    </message>
    <message>
        <source>public address of the replays</source>
        <translation>öffentliche Adresse der Aufzeichnungen</translation>
    </message>
    <message>
        <source>The {called*} is no address.</source>
        <translation>Die {called*} ist keine Adresse.</translation>
    </message>
    <message>
        <source>It looks like https://s3.example.com, with https:// in front.</source>
        <translation>Sie sieht aus wie https://s3.example.com, mit https:// davor.</translation>
    </message>
    <message>
        <source>The {called*} contains a user name.</source>
        <translation>Die {called*} enthält einen Benutzernamen.</translation>
    </message>
    <message>
        <source>Take everything up to the @ out; keys have their own fields.</source>
        <translation>Alles bis zum @ herausnehmen; Schlüssel haben eigene Felder.</translation>
    </message>
    <message>
        <source>The {called*} has a ? or # in it.</source>
        <translation>Die {called*} enthält ein ? oder #.</translation>
    </message>
    <message>
        <source>Take out what stands behind it.</source>
        <translation>Herausnehmen, was dahinter steht.</translation>
    </message>
    <message>
        <source>This cannot be the folder within the bucket.</source>
        <translation>Das kann nicht der Ordner im Bucket sein.</translation>
    </message>
    <message>
        <source>The cloud store cannot be reached.</source>
        <translation>Der Cloud-Speicher ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>Check the network and the store's address. Uploads go on by themselves when it answers.</source>
        <translation>Das Netz und die Adresse des Speichers prüfen. Das Hochladen geht von selbst weiter, wenn er antwortet.</translation>
    </message>
    <message>
        <source>The cloud store's certificate is not trusted.</source>
        <translation>Dem Zertifikat des Cloud-Speichers wird nicht vertraut.</translation>
    </message>
    <message>
        <source>Check the store's address. If the store is your own, add its authority's certificate to this computer.</source>
        <translation>Die Adresse des Speichers prüfen. Ist es ein eigener, das Zertifikat seiner Stelle auf diesem Computer hinzufügen.</translation>
    </message>
    <message>
        <source>The cloud store refuses the access key, or the key may not do this.</source>
        <translation>Der Cloud-Speicher lehnt den Zugangsschlüssel ab, oder der Schlüssel darf das nicht.</translation>
    </message>
    <message>
        <source>Check the access key and its secret, and that the key may read, write, list and delete in this bucket.</source>
        <translation>Zugangsschlüssel und Geheimnis prüfen, und dass der Schlüssel in diesem Bucket lesen, schreiben, auflisten und löschen darf.</translation>
    </message>
    <message>
        <source>The cloud store's credentials have expired.</source>
        <translation>Die Zugangsdaten des Cloud-Speichers sind abgelaufen.</translation>
    </message>
    <message>
        <source>Enter new ones in the settings of the cloud.</source>
        <translation>Neue in den Einstellungen der Cloud eingeben.</translation>
    </message>
    <message>
        <source>The cloud store has no bucket of this name.</source>
        <translation>Der Cloud-Speicher hat keinen Bucket dieses Namens.</translation>
    </message>
    <message>
        <source>Check the bucket's name, or make the bucket at the store.</source>
        <translation>Den Namen des Buckets prüfen, oder den Bucket beim Speicher anlegen.</translation>
    </message>
    <message>
        <source>The cloud store sends us to another address.</source>
        <translation>Der Cloud-Speicher verweist auf eine andere Adresse.</translation>
    </message>
    <message>
        <source>Enter the address and the region that the store names for this bucket. Nothing was sent elsewhere.</source>
        <translation>Adresse und Region eingeben, die der Speicher für diesen Bucket nennt. Nichts wurde anderswohin gesendet.</translation>
    </message>
    <message>
        <source>The cloud store says that this computer's clock is wrong.</source>
        <translation>Der Cloud-Speicher sagt, dass die Uhr dieses Computers falsch geht.</translation>
    </message>
    <message>
        <source>Set the computer's clock by the network.</source>
        <translation>Die Uhr des Computers nach dem Netz stellen.</translation>
    </message>
    <message>
        <source>The cloud store asks us to slow down.</source>
        <translation>Der Cloud-Speicher bittet, langsamer zu senden.</translation>
    </message>
    <message>
        <source>Uploads go on by themselves in a while.</source>
        <translation>Das Hochladen geht bald von selbst weiter.</translation>
    </message>
    <message>
        <source>The cloud store already holds something under this name.</source>
        <translation>Im Cloud-Speicher liegt unter diesem Namen schon etwas.</translation>
    </message>
    <message>
        <source>Another device has just changed this in the cloud store.</source>
        <translation>Ein anderes Gerät hat das im Cloud-Speicher eben geändert.</translation>
    </message>
    <message>
        <source>The cloud store no longer has this.</source>
        <translation>Der Cloud-Speicher hat das nicht mehr.</translation>
    </message>
    <message>
        <source>What arrived at the cloud store, or came from it, is not what was sent.</source>
        <translation>Was beim Cloud-Speicher ankam oder von ihm kam, ist nicht, was gesendet wurde.</translation>
    </message>
    <message>
        <source>It is sent again by itself. If this comes back, test the store and this computer's memory and disk.</source>
        <translation>Es wird von selbst noch einmal gesendet. Kommt das wieder, den Speicher sowie Arbeitsspeicher und Datenträger dieses Computers prüfen.</translation>
    </message>
    <message>
        <source>The cloud store is full.</source>
        <translation>Der Cloud-Speicher ist voll.</translation>
    </message>
    <message>
        <source>Free some space there, or raise its limit. Uploads go on by themselves then.</source>
        <translation>Dort Platz schaffen, oder seine Grenze anheben. Uploads gehen dann von selbst weiter.</translation>
    </message>
    <message>
        <source>The disk or the folder of the store is not there.</source>
        <translation>Datenträger oder Ordner des Speichers sind nicht da.</translation>
    </message>
    <message>
        <source>Connect the disk. Uploads go on by themselves when it is back.</source>
        <translation>Den Datenträger anschließen. Das Hochladen geht von selbst weiter, wenn er wieder da ist.</translation>
    </message>
    <message>
        <source>The cloud store cannot do this.</source>
        <translation>Der Cloud-Speicher kann das nicht.</translation>
    </message>
    <message>
        <source>The cloud store does not accept the request.</source>
        <translation>Der Cloud-Speicher nimmt die Anfrage nicht an.</translation>
    </message>
    <message>
        <source>Test the store in the settings of the cloud.</source>
        <translation>Den Speicher in den Einstellungen der Cloud testen.</translation>
    </message>
    <message>
        <source>The cloud store failed, or its answer was lost.</source>
        <translation>Der Cloud-Speicher hat versagt, oder seine Antwort ging verloren.</translation>
    </message>
    <message>
        <source>What became of it is looked up, and it is tried again by itself.</source>
        <translation>Was daraus wurde, wird nachgesehen, und es wird von selbst wieder versucht.</translation>
    </message>
    <message>
        <source>{name} cannot be looked at.</source>
        <translation>{name} kann nicht angesehen werden.</translation>
    </message>
    <message>
        <source>{name} has changed while it was uploaded.</source>
        <translation>{name} hat sich beim Hochladen verändert.</translation>
    </message>
    <message>
        <source>It is read again, and uploaded as it is then.</source>
        <translation>Sie wird noch einmal gelesen, und dann so hochgeladen, wie sie ist.</translation>
    </message>
    <message>
        <source>{name} is still being recorded.</source>
        <translation>{name} wird noch aufgezeichnet.</translation>
    </message>
    <message>
        <source>It is uploaded when its recording has ended.</source>
        <translation>Sie wird hochgeladen, wenn ihre Aufzeichnung zu Ende ist.</translation>
    </message>
    <message>
        <source>{name} holds no film: it is {bytes} bytes long.</source>
        <translation>{name} enthält keinen Film: die Datei ist {bytes} Bytes lang.</translation>
    </message>
    <message>
        <source>A disk that was full or a loss of power may have cut it. It is not uploaded.</source>
        <translation>Ein voller Datenträger oder ein Stromausfall hat sie vielleicht abgeschnitten. Sie wird nicht hochgeladen.</translation>
    </message>
    <message>
        <source>{name} ends in {bytes} empty bytes: its end was never written to the disk.</source>
        <translation>{name} endet mit {bytes} leeren Bytes: das Ende wurde nie auf den Datenträger geschrieben.</translation>
    </message>
    <message>
        <source>Repair it with “powerstream vod recover”; what that makes is uploaded.</source>
        <translation>Sie mit „powerstream vod recover“ reparieren; was daraus wird, wird hochgeladen.</translation>
    </message>
    <message>
        <source>Enter {region} as the region of the store. Nothing was sent elsewhere.</source>
        <translation>{region} als Region des Speichers eingeben. Nichts wurde anderswohin gesendet.</translation>
    </message>
    <message>
        <source>The store keeps for ever what an upload leaves that is never completed, and may charge for it.</source>
        <translation>Was ein nie beendetes Hochladen zurücklässt, behält der Speicher für immer und berechnet es vielleicht.</translation>
    </message>
    <message>
        <source>Add a lifecycle rule to the bucket that aborts incomplete uploads after 7 days. What this computer leaves it removes itself.</source>
        <translation>Dem Bucket eine Lebenszyklus-Regel geben, die unvollständige Uploads nach 7 Tagen abbricht. Was dieser Computer zurücklässt, entfernt er selbst.</translation>
    </message>
    <message>
        <source>Another cloud store was chosen meanwhile.</source>
        <translation>Inzwischen wurde ein anderer Cloud-Speicher gewählt.</translation>
    </message>
    <message>
        <source>What is to be done there begins anew.</source>
        <translation>Was dort zu tun ist, beginnt von vorn.</translation>
    </message>
    <message>
        <source>The PowerStream server does not say that it knows this replay.</source>
        <translation>Der PowerStream-Server sagt nicht, dass er diese Aufzeichnung kennt.</translation>
    </message>
    <message>
        <source>It is told again now. Try again in a minute.</source>
        <translation>Sie wird ihm jetzt noch einmal gemeldet. Versuche es in einer Minute wieder.</translation>
    </message>
    <message>
        <source>This replay is being played.</source>
        <translation>Diese Aufzeichnung wird gerade abgespielt.</translation>
    </message>
    <message>
        <source>The file of this replay is itself a copy in a cloud store.</source>
        <translation>Die Datei dieser Aufzeichnung ist selbst eine Kopie in einem Cloud-Speicher.</translation>
    </message>
    <message>
        <source>It stays: another replay may have no other.</source>
        <translation>Sie bleibt: Eine andere Aufzeichnung hat vielleicht keine andere.</translation>
    </message>
    <message>
        <source>Close it, then try again.</source>
        <translation>Schließe sie und versuche es noch einmal.</translation>
    </message>
    <message>
        <source>Nothing is fetched from the cloud while you are live.</source>
        <translation>Während du live bist, wird nichts aus der Cloud geholt.</translation>
    </message>
    <message>
        <source>Watch it after the broadcast, or let the cloud have a share of your upload in the settings.</source>
        <translation>Sieh sie dir nach der Sendung an, oder gib der Cloud in den Einstellungen einen Teil deiner Leitung.</translation>
    </message>
    <message>
        <source>Too much is being watched from the cloud at once.</source>
        <translation>Aus der Cloud wird zu viel auf einmal angesehen.</translation>
    </message>
    <message>
        <source>Close other players.</source>
        <translation>Schließe andere Player.</translation>
    </message>
    <message>
        <source>There is no film at this address any more.</source>
        <translation>Unter dieser Adresse gibt es keinen Film mehr.</translation>
    </message>
    <message>
        <source>Open the replay again.</source>
        <translation>Öffne die Aufzeichnung noch einmal.</translation>
    </message>
    <message>
        <source>The cloud store does not have this replay any more.</source>
        <translation>Der Cloud-Speicher hat diese Aufzeichnung nicht mehr.</translation>
    </message>
    <message>
        <source>Upload it again.</source>
        <translation>Lade sie noch einmal hoch.</translation>
    </message>
    <message>
        <source>Upload it again: what is there is replaced.</source>
        <translation>Lade sie noch einmal hoch: Was dort liegt, wird ersetzt.</translation>
    </message>
    <message>
        <source>The copy in the cloud is not the film that was uploaded.</source>
        <translation>Die Kopie in der Cloud ist nicht der Film, der hochgeladen wurde.</translation>
    </message>
</context>
</TS>
