<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>ChoiceBar</name>
    <message numerus="yes">
        <source>%n chosen</source>
        <translation>
            <numerusform>%n chosen</numerusform>
            <numerusform>%n chosen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Cloud</name>
    <message numerus="yes">
        <source>%n upload(s) met a problem, and are tried again.</source>
        <translation>
            <numerusform>%n upload met a problem, and is tried again.</numerusform>
            <numerusform>%n uploads met a problem, and are tried again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n upload(s) wait.</source>
        <translation>
            <numerusform>%n upload waits.</numerusform>
            <numerusform>%n uploads wait.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n replay(s) in the cloud.</source>
        <translation>
            <numerusform>%n replay in the cloud.</numerusform>
            <numerusform>%n replays in the cloud.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n upload(s) to do.</source>
        <translation>
            <numerusform>%n upload to do.</numerusform>
            <numerusform>%n uploads to do.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more wait</source>
        <translation>
            <numerusform>%n more waits</numerusform>
            <numerusform>%n more wait</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It does not take %n replay(s).</source>
        <translation>
            <numerusform>It does not take %n replay.</numerusform>
            <numerusform>It does not take %n replays.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n replay(s) are gone from the cloud store, and have no file here.</source>
        <translation>
            <numerusform>%n replay is gone from the cloud store, and has no file here.</numerusform>
            <numerusform>%n replays are gone from the cloud store, and have no file here.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It is being told of %n replay(s).</source>
        <translation>
            <numerusform>It is being told of %n replay.</numerusform>
            <numerusform>It is being told of %n replays.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more are listed there only.</source>
        <translation>
            <numerusform>%n more is listed there only.</numerusform>
            <numerusform>%n more are listed there only.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportBar</name>
    <message numerus="yes">
        <source>%n file(s) to look into…</source>
        <translation>
            <numerusform>%n file to look into…</numerusform>
            <numerusform>%n files to look into…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n replay(s) came into the library.</source>
        <translation>
            <numerusform>%n replay came into the library.</numerusform>
            <numerusform>%n replays came into the library.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) did not.</source>
        <translation>
            <numerusform>%n file did not.</numerusform>
            <numerusform>%n files did not.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReplaysPage</name>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n found</numerusform>
            <numerusform>%n found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n replay(s)</source>
        <translation>
            <numerusform>%n replay</numerusform>
            <numerusform>%n replays</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RetentionSheet</name>
    <message numerus="yes">
        <source>%n would be removed: {size}</source>
        <translation>
            <numerusform>%n would be removed: {size}</numerusform>
            <numerusform>%n would be removed: {size}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stay(s)</source>
        <translation>
            <numerusform>%n stays</numerusform>
            <numerusform>%n stay</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UndoBar</name>
    <message numerus="yes">
        <source>%n replay(s) are in the bin.</source>
        <translation>
            <numerusform>%n replay is in the bin.</numerusform>
            <numerusform>%n replays are in the bin.</numerusform>
        </translation>
    </message>
</context>
</TS>
