<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>PortraitView</name>
    <message>
        <source>Portrait</source>
        <translation>Hochformat</translation>
    </message>
    <message>
        <source>What the audience sees on upright screens.</source>
        <translation>Was das Publikum auf hochkant gehaltenen Geräten sieht.</translation>
    </message>
    <message>
        <source>This scene has a portrait layout of its own. It is on air, but not shown here.</source>
        <translation>Diese Szene hat eine eigene Anordnung im Hochformat. Sie ist auf Sendung, wird hier aber nicht gezeigt.</translation>
    </message>
</context>
<context>
    <name>PreviewView</name>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>The program as the audience sees it.</source>
        <translation>Das Programm, wie das Publikum es sieht.</translation>
    </message>
</context>
<context>
    <name>WindowHandle</name>
    <message>
        <source>Window of the portrait rendition</source>
        <translation>Ausschnitt der Fassung im Hochformat</translation>
    </message>
    <message>
        <source>Drag it to where the portrait rendition shall look.</source>
        <translation>Dorthin ziehen, wohin die Fassung im Hochformat sehen soll.</translation>
    </message>
</context>
</TS>
