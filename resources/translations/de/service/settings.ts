<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>settings</name>
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
</context>
</TS>
