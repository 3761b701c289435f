<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>PairingBox</name>
    <message numerus="yes">
        <source>Type this code on the other device. %n second(s) left.</source>
        <translation>
            <numerusform>Type this code on the other device. %n second left.</numerusform>
            <numerusform>Type this code on the other device. %n seconds left.</numerusform>
        </translation>
    </message>
</context>
</TS>
