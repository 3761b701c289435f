<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>settings</name>
    <message>
        <source>Upload also in a metered network, such as that of a phone. Edits, which are small, always go.</source>
        <translation>Auch in einem getakteten Netz hochladen, etwa dem eines Telefons. Änderungen, die klein sind, gehen immer.</translation>
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
        <source>The setting {name} must be full paths of folders with a | between them.</source>
        <translation>Die Einstellung {name} muss aus vollen Pfaden von Ordnern mit | dazwischen bestehen.</translation>
    </message>
    <message>
        <source>The setting {name} must be a key with Ctrl, Alt or Meta, such as Ctrl+Alt+M.</source>
        <translation>Die Einstellung {name} muss eine Taste mit Strg, Alt oder Meta sein, etwa Ctrl+Alt+M.</translation>
    </message>
    <message>
        <source>There is no scene {number}.</source>
        <translation>Es gibt keine Szene {number}.</translation>
    </message>
    <message>
        <source>Where replays are copied to: nowhere, an S3 store, or a folder.</source>
        <translation>Wohin Aufzeichnungen kopiert werden: nirgendwohin, in einen S3-Speicher oder in einen Ordner.</translation>
    </message>
    <message>
        <source>Address of the S3 store; empty for Amazon's own in the region.</source>
        <translation>Adresse des S3-Speichers; leer für den von Amazon in der Region.</translation>
    </message>
    <message>
        <source>Region of the bucket; empty where the store has none.</source>
        <translation>Region des Buckets; leer, wo der Speicher keine hat.</translation>
    </message>
    <message>
        <source>Bucket that replays are kept in.</source>
        <translation>Bucket, in dem Aufzeichnungen liegen.</translation>
    </message>
    <message>
        <source>What all names in the bucket begin with, ending in a slash; empty for nothing.</source>
        <translation>Womit alle Namen im Bucket beginnen, mit Schrägstrich am Ende; leer für nichts.</translation>
    </message>
    <message>
        <source>Where requests name the bucket: in the path, in the host name, or as the store wants it.</source>
        <translation>Wo Anfragen den Bucket nennen: im Pfad, im Rechnernamen oder wie der Speicher es will.</translation>
    </message>
    <message>
        <source>Where everybody can read the bucket, for links that never end; empty for signed links.</source>
        <translation>Wo jeder den Bucket lesen kann, für Links ohne Ablauf; leer für signierte Links.</translation>
    </message>
    <message>
        <source>The folder that is the store, on another disk or a NAS.</source>
        <translation>Der Ordner, in dem die Kopien liegen, auf einem anderen Datenträger oder einem NAS.</translation>
    </message>
    <message>
        <source>Upload each replay by itself once it is finished.</source>
        <translation>Jede Aufzeichnung von selbst hochladen, sobald sie fertig ist.</translation>
    </message>
    <message>
        <source>What uploads may take while something is live, at most a fifth of what it leaves; 0 lets them wait.</source>
        <translation>Was Uploads während einer Sendung nehmen dürfen, höchstens ein Fünftel dessen, was sie übrig lässt; bei 0 warten sie.</translation>
    </message>
    <message>
        <source>Parts of a file that a store works on at once; their bytes go one after another, so a crash costs one part at most.</source>
        <translation>Teile einer Datei, an denen ein Speicher zugleich arbeitet; ihre Bytes gehen nacheinander, ein Absturz kostet also höchstens einen Teil.</translation>
    </message>
    <message>
        <source>Read each copy back whole before it counts as one; takes as long as a download.</source>
        <translation>Jede Kopie ganz zurücklesen, bevor sie als solche gilt; dauert so lange wie ein Download.</translation>
    </message>
    <message>
        <source>What this computer is called where edits of several computers are shown; empty for its own name.</source>
        <translation>Wie dieser Computer heißt, wo Änderungen mehrerer Computer gezeigt werden; leer für seinen eigenen Namen.</translation>
    </message>
    <message>
        <source>Address of a PowerStream server that lists the replays; empty for none.</source>
        <translation>Adresse eines PowerStream-Servers, der die Aufzeichnungen führt; leer für keinen.</translation>
    </message>
</context>
</TS>
