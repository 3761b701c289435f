<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>PlatformFacts</name>
    <message numerus="yes">
        <source>%n hour(s) at a time</source>
        <translation>
            <numerusform>%n hour at a time</numerusform>
            <numerusform>%n hours at a time</numerusform>
        </translation>
    </message>
</context>
</TS>
