<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>Report</name>
    <message numerus="yes">
        <source>%n gap(s)</source>
        <translation>
            <numerusform>%n gap</numerusform>
            <numerusform>%n gaps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n frame(s) dropped</source>
        <translation>
            <numerusform>%n frame dropped</numerusform>
            <numerusform>%n frames dropped</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>connected %n time(s)</source>
        <translation>
            <numerusform>connected %n time</numerusform>
            <numerusform>connected %n times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_DestinationBlock</name>
    <message numerus="yes">
        <source>%n more in the exported report</source>
        <translation>
            <numerusform>%n more in the exported report</numerusform>
            <numerusform>%n more in the exported report</numerusform>
        </translation>
    </message>
</context>
</TS>
