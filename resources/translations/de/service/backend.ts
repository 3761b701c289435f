<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>any</name>
    <message>
        <source>No PowerStream server was chosen.</source>
        <translation>Es ist kein PowerStream-Server gewählt.</translation>
    </message>
    <message>
        <source>Enter its address first.</source>
        <translation>Zuerst seine Adresse eingeben.</translation>
    </message>
    <message>
        <source>The tokens cannot be kept.</source>
        <translation>Die Tokens können nicht aufbewahrt werden.</translation>
    </message>
    <message>
        <source>Somebody has changed this replay meanwhile.</source>
        <translation>Diese Aufzeichnung wurde inzwischen geändert.</translation>
    </message>
    <message>
        <source>Look at it again, then change it.</source>
        <translation>Sie noch einmal ansehen, dann ändern.</translation>
    </message>
    <message>
        <source>Another film is known under this id.</source>
        <translation>Unter dieser Kennung ist ein anderer Film bekannt.</translation>
    </message>
    <message>
        <source>Look at both.</source>
        <translation>Beide ansehen.</translation>
    </message>
    <message>
        <source>A server is asked by https only.</source>
        <translation>Ein Server wird nur über https gefragt.</translation>
    </message>
    <message>
        <source>Give an address that begins with https://.</source>
        <translation>Eine Adresse angeben, die mit https:// beginnt.</translation>
    </message>
    <message>
        <source>This is not the address of a PowerStream server.</source>
        <translation>Das ist nicht die Adresse eines PowerStream-Servers.</translation>
    </message>
    <message>
        <source>Give one like https://powerstream.example.com.</source>
        <translation>Eine wie https://powerstream.example.com angeben.</translation>
    </message>
    <message>
        <source>The PowerStream server cannot be reached.</source>
        <translation>Der PowerStream-Server ist nicht zu erreichen.</translation>
    </message>
    <message>
        <source>Check the network and the server's address. It is tried again by itself.</source>
        <translation>Netzwerk und Adresse des Servers prüfen. Es wird von selbst wieder versucht.</translation>
    </message>
    <message>
        <source>The PowerStream server's certificate is not trusted.</source>
        <translation>Dem Zertifikat des PowerStream-Servers wird nicht vertraut.</translation>
    </message>
    <message>
        <source>Check the server's address. If the server is your own, add its authority's certificate to this computer.</source>
        <translation>Die Adresse des Servers prüfen. Bei einem eigenen Server das Zertifikat seiner Stelle auf diesem Computer hinzufügen.</translation>
    </message>
    <message>
        <source>The PowerStream server does not let this computer in any more.</source>
        <translation>Der PowerStream-Server lässt diesen Computer nicht mehr ein.</translation>
    </message>
    <message>
        <source>Enter a new token of the server in the settings of the cloud.</source>
        <translation>In den Einstellungen der Cloud ein neues Token des Servers eingeben.</translation>
    </message>
    <message>
        <source>The account at the PowerStream server was changed meanwhile.</source>
        <translation>Das Konto beim PowerStream-Server wurde inzwischen gewechselt.</translation>
    </message>
    <message>
        <source>What was begun for the other account is not told to this one.</source>
        <translation>Was für das andere Konto begonnen war, wird diesem nicht gemeldet.</translation>
    </message>
    <message>
        <source>This computer's token may not do this at the PowerStream server.</source>
        <translation>Das Token dieses Computers darf das beim PowerStream-Server nicht.</translation>
    </message>
    <message>
        <source>Enter a token that may change replays.</source>
        <translation>Ein Token eingeben, das Aufzeichnungen ändern darf.</translation>
    </message>
    <message>
        <source>The PowerStream server sends us to another address.</source>
        <translation>Der PowerStream-Server schickt uns zu einer anderen Adresse.</translation>
    </message>
    <message>
        <source>Enter the address that it names. Nothing was sent elsewhere.</source>
        <translation>Die Adresse eingeben, die er nennt. Es wurde nichts woandershin gesendet.</translation>
    </message>
    <message>
        <source>The PowerStream server asks us to slow down.</source>
        <translation>Der PowerStream-Server bittet um weniger Anfragen.</translation>
    </message>
    <message>
        <source>It is tried again by itself in a while.</source>
        <translation>Es wird nach einer Weile von selbst wieder versucht.</translation>
    </message>
    <message>
        <source>The PowerStream server failed, or its answer was lost.</source>
        <translation>Der PowerStream-Server hat versagt, oder seine Antwort ging verloren.</translation>
    </message>
    <message>
        <source>It is tried again by itself.</source>
        <translation>Es wird von selbst wieder versucht.</translation>
    </message>
    <message>
        <source>The PowerStream server has another film under this replay's id.</source>
        <translation>Der PowerStream-Server hat unter der Kennung dieser Aufzeichnung einen anderen Film.</translation>
    </message>
    <message>
        <source>Look at both. Remove the one that is wrong.</source>
        <translation>Beide ansehen. Den falschen entfernen.</translation>
    </message>
    <message>
        <source>Somebody has just changed this at the PowerStream server.</source>
        <translation>Das wurde eben beim PowerStream-Server geändert.</translation>
    </message>
    <message>
        <source>The PowerStream server does not know this replay.</source>
        <translation>Der PowerStream-Server kennt diese Aufzeichnung nicht.</translation>
    </message>
    <message>
        <source>The PowerStream server does not take what it is told of this replay.</source>
        <translation>Der PowerStream-Server nimmt nicht an, was ihm über diese Aufzeichnung gemeldet wird.</translation>
    </message>
    <message>
        <source>Look whether the server has the replay's station, and whether it is of the same version.</source>
        <translation>Nachsehen, ob der Server die Station der Aufzeichnung hat und von derselben Version ist.</translation>
    </message>
    <message>
        <source>The PowerStream server answers by another address only.</source>
        <translation>Der PowerStream-Server antwortet nur unter einer anderen Adresse.</translation>
    </message>
    <message>
        <source>Enter the one that it tells when it starts; both ends of a tunnel need the same port.</source>
        <translation>Die eingeben, die er beim Start nennt; beide Enden eines Tunnels brauchen denselben Port.</translation>
    </message>
    <message>
        <source>What answers at this address is not a PowerStream server.</source>
        <translation>Was unter dieser Adresse antwortet, ist kein PowerStream-Server.</translation>
    </message>
    <message>
        <source>Check the server's address.</source>
        <translation>Die Adresse des Servers prüfen.</translation>
    </message>
    <message>
        <source>The PowerStream server's token is missing.</source>
        <translation>Das Token des PowerStream-Servers fehlt.</translation>
    </message>
    <message>
        <source>Enter the token in the settings of the cloud.</source>
        <translation>Das Token in den Einstellungen der Cloud eingeben.</translation>
    </message>
    <message>
        <source>The cloud store lists far fewer replays than were uploaded.</source>
        <translation>Der Cloud-Speicher führt viel weniger Aufzeichnungen auf, als hochgeladen wurden.</translation>
    </message>
    <message>
        <source>Look whether its bucket, prefix and folder are right. Nothing was changed.</source>
        <translation>Nachsehen, ob Bucket, Präfix und Ordner stimmen. Es wurde nichts geändert.</translation>
    </message>
    <message>
        <source>The cloud store does not have this replay any more, and no file of it is here.</source>
        <translation>Der Cloud-Speicher hat diese Aufzeichnung nicht mehr, und hier ist keine Datei davon.</translation>
    </message>
    <message>
        <source>Look whether another computer has its file, and upload it there.</source>
        <translation>Nachsehen, ob ein anderer Computer die Datei hat, und sie dort hochladen.</translation>
    </message>
    <message>
        <source>No store for copies of replays was chosen.</source>
        <translation>Für Kopien der Aufzeichnungen ist kein Speicher gewählt.</translation>
    </message>
    <message>
        <source>Look at it in the settings of the cloud.</source>
        <translation>Es in den Einstellungen der Cloud ansehen.</translation>
    </message>
    <message>
        <source>Replays can be kept in the cloud store {place}.</source>
        <translation>Aufzeichnungen können im Cloud-Speicher {place} liegen.</translation>
    </message>
    <message>
        <source>The PowerStream server {address} can be told of replays.</source>
        <translation>Der PowerStream-Server {address} kann von Aufzeichnungen erfahren.</translation>
    </message>
    <message>
        <source>This computer's clock and the PowerStream server's differ by {count} minutes.</source>
        <translation>Die Uhren dieses Computers und des PowerStream-Servers gehen {count} Minuten auseinander.</translation>
    </message>
    <message>
        <source>Look whether the store, its address and the network are right.</source>
        <translation>Nachsehen, ob der Speicher, seine Adresse und das Netz stimmen.</translation>
    </message>
</context>
</TS>
