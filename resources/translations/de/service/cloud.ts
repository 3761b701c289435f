<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>any</name>
    <message>
        <source>This cannot be taken back here.</source>
        <translation>Das kann hier nicht zurückgenommen werden.</translation>
    </message>
    <message>
        <source>Edit the replay instead.</source>
        <translation>Stattdessen die Aufzeichnung bearbeiten.</translation>
    </message>
    <message>
        <source>Too many of these wait.</source>
        <translation>Davon warten zu viele.</translation>
    </message>
    <message>
        <source>Nothing can be freed.</source>
        <translation>Es kann nichts freigegeben werden.</translation>
    </message>
    <message>
        <source>This replay has no verified copy in the cloud that all computers know of.</source>
        <translation>Von dieser Aufzeichnung gibt es in der Cloud keine geprüfte Kopie, von der alle Computer wissen.</translation>
    </message>
    <message>
        <source>Upload it, and wait until it is in the cloud.</source>
        <translation>Sie hochladen und warten, bis sie in der Cloud ist.</translation>
    </message>
    <message>
        <source>This replay is pinned.</source>
        <translation>Diese Aufzeichnung ist angeheftet.</translation>
    </message>
    <message>
        <source>Unpin it first.</source>
        <translation>Sie zuerst lösen.</translation>
    </message>
    <message>
        <source>This replay is being worked on.</source>
        <translation>An dieser Aufzeichnung wird gerade gearbeitet.</translation>
    </message>
    <message>
        <source>Wait until that is done.</source>
        <translation>Warten, bis das fertig ist.</translation>
    </message>
    <message>
        <source>The cloud does not say that it has this replay.</source>
        <translation>Die Cloud sagt nicht, dass sie diese Aufzeichnung hat.</translation>
    </message>
    <message>
        <source>Synchronise, then try again.</source>
        <translation>Abgleichen und dann erneut versuchen.</translation>
    </message>
    <message>
        <source>The file is not the one that was uploaded: it was changed since.</source>
        <translation>Die Datei ist nicht die, die hochgeladen wurde: Sie wurde seither geändert.</translation>
    </message>
    <message>
        <source>It stays. Look at both, in the cloud and here.</source>
        <translation>Sie bleibt. Beide ansehen, in der Cloud und hier.</translation>
    </message>
    <message>
        <source>The copy in the cloud is not good: {why*}</source>
        <translation>Die Kopie in der Cloud ist nicht gut: {why*}</translation>
    </message>
    <message>
        <source>The copy is not there.</source>
        <translation>Die Kopie ist nicht da.</translation>
    </message>
    <message>
        <source>The file stays. Upload the replay again.</source>
        <translation>Die Datei bleibt. Die Aufzeichnung erneut hochladen.</translation>
    </message>
    <message>
        <source>The replay has changed meanwhile.</source>
        <translation>Die Aufzeichnung hat sich inzwischen geändert.</translation>
    </message>
    <message>
        <source>{name} cannot be renamed.</source>
        <translation>{name} lässt sich nicht umbenennen.</translation>
    </message>
    <message>
        <source>Close what has it open.</source>
        <translation>Schließen, was sie geöffnet hat.</translation>
    </message>
    <message>
        <source>{name} cannot be removed.</source>
        <translation>{name} lässt sich nicht entfernen.</translation>
    </message>
    <message>
        <source>Remove it by hand.</source>
        <translation>Sie von Hand entfernen.</translation>
    </message>
    <message>
        <source>The file of this replay is on this computer.</source>
        <translation>Die Datei dieser Aufzeichnung ist auf diesem Computer.</translation>
    </message>
    <message>
        <source>Play it.</source>
        <translation>Sie abspielen.</translation>
    </message>
    <message>
        <source>There is no copy of this replay in the cloud.</source>
        <translation>Von dieser Aufzeichnung gibt es in der Cloud keine Kopie.</translation>
    </message>
    <message>
        <source>Look where it was recorded.</source>
        <translation>Dort nachsehen, wo sie aufgenommen wurde.</translation>
    </message>
    <message>
        <source>The folder of recordings cannot be used.</source>
        <translation>Der Ordner der Aufnahmen ist nicht benutzbar.</translation>
    </message>
    <message>
        <source>Choose another.</source>
        <translation>Einen anderen wählen.</translation>
    </message>
    <message>
        <source>There are too many files of this replay.</source>
        <translation>Von dieser Aufzeichnung gibt es zu viele Dateien.</translation>
    </message>
    <message>
        <source>Remove those that are not needed.</source>
        <translation>Die entfernen, die nicht gebraucht werden.</translation>
    </message>
    <message>
        <source>The cloud store is empty, though replays were there. Is it another one? Put everything there anew?</source>
        <translation>Der Cloud-Speicher ist leer, obwohl Aufzeichnungen darin waren. Ist es ein anderer? Alles neu dort ablegen?</translation>
    </message>
    <message>
        <source>Many replays are missing in the cloud that nobody has deleted. Put them there again?</source>
        <translation>In der Cloud fehlen viele Aufzeichnungen, die niemand gelöscht hat. Sie wieder dort ablegen?</translation>
    </message>
    <message>
        <source>Many replays that were removed here would be removed on all computers. Remove them?</source>
        <translation>Viele Aufzeichnungen, die hier entfernt wurden, würden auf allen Computern entfernt. Sie entfernen?</translation>
    </message>
    <message>
        <source>Many replays would be changed or removed here by other computers. Let them?</source>
        <translation>Andere Computer würden hier viele Aufzeichnungen ändern oder entfernen. Das zulassen?</translation>
    </message>
    <message>
        <source>The cloud store lists more replays than can be. Look whether it is the right one.</source>
        <translation>Der Cloud-Speicher nennt mehr Aufzeichnungen, als es geben kann. Nachsehen, ob es der richtige ist.</translation>
    </message>
    <message>
        <source>No store was chosen.</source>
        <translation>Es ist kein Speicher gewählt.</translation>
    </message>
    <message>
        <source>Choose one in the settings of the cloud.</source>
        <translation>Einen in den Einstellungen der Cloud wählen.</translation>
    </message>
    <message>
        <source>Say which kind it is: s3 or folder.</source>
        <translation>Sagen, welcher Art er ist: s3 oder folder.</translation>
    </message>
    <message>
        <source>The store's access key is missing.</source>
        <translation>Der Zugangsschlüssel des Speichers fehlt.</translation>
    </message>
    <message>
        <source>Enter it in the settings of the cloud.</source>
        <translation>Ihn in den Einstellungen der Cloud eingeben.</translation>
    </message>
    <message>
        <source>This upload is just being given up.</source>
        <translation>Dieses Hochladen wird gerade aufgegeben.</translation>
    </message>
    <message>
        <source>This replay is not in the queue.</source>
        <translation>Diese Aufzeichnung ist nicht in der Warteschlange.</translation>
    </message>
    <message>
        <source>Upload it first.</source>
        <translation>Sie zuerst hochladen.</translation>
    </message>
    <message>
        <source>This replay has no finished file on this computer.</source>
        <translation>Diese Aufzeichnung hat auf diesem Computer keine fertige Datei.</translation>
    </message>
    <message>
        <source>Upload it where it was recorded.</source>
        <translation>Sie dort hochladen, wo sie aufgenommen wurde.</translation>
    </message>
    <message>
        <source>The cloud store cannot be reached.</source>
        <translation>Der Cloud-Speicher ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>Check the network and the store's address. Uploads go on by themselves when it answers.</source>
        <translation>Netz und Adresse des Speichers prüfen. Das Hochladen geht von selbst weiter, wenn er antwortet.</translation>
    </message>
    <message>
        <source>The cloud store's certificate is not trusted.</source>
        <translation>Dem Zertifikat des Cloud-Speichers wird nicht vertraut.</translation>
    </message>
    <message>
        <source>Check the store's address. If the store is your own, add its authority's certificate to this computer.</source>
        <translation>Die Adresse des Speichers prüfen. Bei einem eigenen Speicher das Zertifikat seiner Stelle auf diesem Computer hinzufügen.</translation>
    </message>
    <message>
        <source>The cloud store refuses the access key, or the key may not do this.</source>
        <translation>Der Cloud-Speicher lehnt den Zugangsschlüssel ab, oder dieser darf das nicht.</translation>
    </message>
    <message>
        <source>Check the access key and its secret, and that the key may read, write, list and delete in this bucket.</source>
        <translation>Zugangsschlüssel und Geheimnis prüfen, und ob er in diesem Bucket lesen, schreiben, auflisten und löschen darf.</translation>
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
        <translation>Den Namen des Buckets prüfen oder den Bucket beim Speicher anlegen.</translation>
    </message>
    <message>
        <source>The cloud store sends us to another address.</source>
        <translation>Der Cloud-Speicher verweist auf eine andere Adresse.</translation>
    </message>
    <message>
        <source>Enter the address and the region that the store names for this bucket. Nothing was sent elsewhere.</source>
        <translation>Adresse und Region eingeben, die der Speicher für diesen Bucket nennt. Es wurde nichts woandershin gesendet.</translation>
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
        <translation>Der Cloud-Speicher bittet um weniger Eile.</translation>
    </message>
    <message>
        <source>Uploads go on by themselves in a while.</source>
        <translation>Das Hochladen geht nach einer Weile von selbst weiter.</translation>
    </message>
    <message>
        <source>The cloud store already holds something under this name.</source>
        <translation>Der Cloud-Speicher hat unter diesem Namen schon etwas.</translation>
    </message>
    <message>
        <source>Another device has just changed this in the cloud store.</source>
        <translation>Ein anderes Gerät hat das im Cloud-Speicher gerade geändert.</translation>
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
        <translation>Es wird von selbst noch einmal gesendet. Kommt das wieder, den Speicher sowie Arbeitsspeicher und Platte dieses Computers prüfen.</translation>
    </message>
    <message>
        <source>The cloud store is full.</source>
        <translation>Der Cloud-Speicher ist voll.</translation>
    </message>
    <message>
        <source>Free some space there, or raise its limit.</source>
        <translation>Dort Platz schaffen oder seine Grenze erhöhen.</translation>
    </message>
    <message>
        <source>The disk or the folder of the store is not there.</source>
        <translation>Die Platte oder der Ordner des Speichers ist nicht da.</translation>
    </message>
    <message>
        <source>Connect the disk. Uploads go on by themselves when it is back.</source>
        <translation>Die Platte anschließen. Das Hochladen geht von selbst weiter, wenn sie wieder da ist.</translation>
    </message>
    <message>
        <source>The cloud store cannot do this.</source>
        <translation>Der Cloud-Speicher kann das nicht.</translation>
    </message>
    <message>
        <source>Test the store in the settings of the cloud.</source>
        <translation>Den Speicher in den Einstellungen der Cloud prüfen.</translation>
    </message>
    <message>
        <source>The cloud store does not accept the request.</source>
        <translation>Der Cloud-Speicher nimmt die Anfrage nicht an.</translation>
    </message>
    <message>
        <source>The cloud store failed, or its answer was lost.</source>
        <translation>Der Cloud-Speicher hat versagt, oder seine Antwort ging verloren.</translation>
    </message>
    <message>
        <source>What became of it is looked up, and it is tried again by itself.</source>
        <translation>Es wird nachgesehen, was daraus wurde, und von selbst erneut versucht.</translation>
    </message>
</context>
</TS>
