<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>Preflight</name>
    <message numerus="yes">
        <source>Asking %n server(s) for a connection…</source>
        <translation>
            <numerusform>Asking %n server for a connection…</numerusform>
            <numerusform>Asking %n servers for a connection…</numerusform>
        </translation>
    </message>
</context>
</TS>
