<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>AboutPart</name>
    <message>
        <source>Version {version}</source>
        <translation>Version {version}</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later; it comes without any warranty.</source>
        <translation>Freie Software unter der GNU General Public License, Version 3 oder neuer; ohne jede Gewährleistung.</translation>
    </message>
    <message>
        <source>Data of this program: {folder}</source>
        <translation>Daten dieses Programms: {folder}</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation>Diagnose</translation>
    </message>
    <message>
        <source>Looks at devices, encoders, keyring, ports, disk and certificates. The report names no keys and can be sent with a question.</source>
        <translation>Prüft Geräte, Encoder, Schlüsselbund, Ports, Festplatte und Zertifikate. Der Bericht nennt keine Schlüssel und kann einer Frage beigelegt werden.</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Work of others</source>
        <translation>Arbeit anderer</translation>
    </message>
    <message>
        <source>Programs of others in this one, with their licences</source>
        <translation>Programme anderer in diesem, mit ihren Lizenzen</translation>
    </message>
    <message>
        <source>Licences, licenses, open source</source>
        <translation>Lizenzen, Open Source, quelloffen</translation>
    </message>
</context>
<context>
    <name>AudioPart</name>
    <message>
        <source>Microphones, the sound of this computer, filters, monitoring, offset and push to talk belong to each channel of the mixer, beside its meter. The program is sent in stereo with 48 kHz.</source>
        <translation>Mikrofone, der Ton dieses Computers, Filter, Mithören, Versatz und Sprechtaste gehören zu den Kanälen des Mischpults, neben deren Pegel. Das Programm wird in Stereo mit 48 kHz gesendet.</translation>
    </message>
    <message>
        <source>Open the mixer</source>
        <translation>Mischpult öffnen</translation>
    </message>
</context>
<context>
    <name>ChecksCard</name>
    <message>
        <source>Check now</source>
        <translation>Jetzt prüfen</translation>
    </message>
    <message>
        <source>Checking; this takes about ten seconds …</source>
        <translation>Prüfung läuft; das dauert etwa zehn Sekunden …</translation>
    </message>
    <message>
        <source>Not during a broadcast: it would take time from the encoder.</source>
        <translation>Nicht während einer Sendung: es nähme dem Encoder Zeit.</translation>
    </message>
    <message>
        <source>The check gave no answer. Try “powerstream doctor” in a terminal.</source>
        <translation>Die Prüfung gab keine Antwort. „powerstream doctor“ in einem Terminal versuchen.</translation>
    </message>
</context>
<context>
    <name>Cloud</name>
    <message>
        <source>Enter the region of your bucket. Keys are made in the AWS console: IAM, Users, Security credentials, Create access key.</source>
        <translation>Die Region des Buckets eingeben. Schlüssel gibt es in der AWS-Konsole: IAM, Users, Security credentials, Create access key.</translation>
    </message>
    <message>
        <source>Put your account's ID in the place of “account-id” in the address. Keys are made in the Cloudflare dashboard: R2, API tokens, Create API token.</source>
        <translation>In der Adresse die ID des Kontos an die Stelle von „account-id“ setzen. Schlüssel gibt es im Cloudflare-Dashboard: R2, API tokens, Create API token.</translation>
    </message>
    <message>
        <source>The bucket's page names its endpoint; the region stands in it. Keys are made at Backblaze: Application Keys, Add a New Application Key.</source>
        <translation>Die Seite des Buckets nennt seinen Endpoint; die Region steht darin. Schlüssel gibt es bei Backblaze: Application Keys, Add a New Application Key.</translation>
    </message>
    <message>
        <source>The region of your bucket stands in the address, too. Keys are made in the Wasabi console: Access Keys, Create Access Key.</source>
        <translation>Die Region des Buckets steht auch in der Adresse. Schlüssel gibt es in der Wasabi-Konsole: Access Keys, Create Access Key.</translation>
    </message>
    <message>
        <source>Enter the address of your own server. Keys are made in its console: Access Keys, Create access key.</source>
        <translation>Die Adresse des eigenen Servers eingeben. Schlüssel gibt es in seiner Konsole: Access Keys, Create access key.</translation>
    </message>
    <message>
        <source>Enter the address of your own server. Keys are made in its shell: s3.configure.</source>
        <translation>Die Adresse des eigenen Servers eingeben. Schlüssel gibt es in seiner Shell: s3.configure.</translation>
    </message>
    <message>
        <source>Whoever runs the store tells its address, and gives you an access key with its secret.</source>
        <translation>Wer den Speicher betreibt, nennt seine Adresse und gibt einen Zugangsschlüssel mit Geheimnis heraus.</translation>
    </message>
</context>
<context>
    <name>CloudPart</name>
    <message>
        <source>Access key, secret, credentials</source>
        <translation>Zugangsschlüssel, Geheimnis, Zugangsdaten</translation>
    </message>
    <message>
        <source>Test, try the store out</source>
        <translation>Test, Speicher ausprobieren</translation>
    </message>
    <message>
        <source>PowerStream server, token</source>
        <translation>PowerStream-Server, Token</translation>
    </message>
</context>
<context>
    <name>DevicesCard</name>
    <message>
        <source>Paired devices</source>
        <translation>Gekoppelte Geräte</translation>
    </message>
    <message>
        <source>The device has been let in.</source>
        <translation>Das Gerät wurde eingelassen.</translation>
    </message>
    <message>
        <source>A wrong code was tried three times; nobody was let in.</source>
        <translation>Dreimal wurde ein falscher Code versucht; niemand wurde eingelassen.</translation>
    </message>
    <message>
        <source>The time is over; nobody was let in.</source>
        <translation>Die Zeit ist um; niemand wurde eingelassen.</translation>
    </message>
    <message>
        <source>No other device has been let in.</source>
        <translation>Kein anderes Gerät wurde eingelassen.</translation>
    </message>
    <message>
        <source>may look</source>
        <translation>darf zusehen</translation>
    </message>
    <message>
        <source>may look and drive</source>
        <translation>darf zusehen und steuern</translation>
    </message>
    <message>
        <source>{may} · paired {paired} · until {until}</source>
        <translation>{may} · gekoppelt {paired} · bis {until}</translation>
    </message>
    <message>
        <source>Put out</source>
        <translation>Aussperren</translation>
    </message>
    <message>
        <source>Put it out now?</source>
        <translation>Jetzt aussperren?</translation>
    </message>
    <message>
        <source>Put out: {name}</source>
        <translation>Aussperren: {name}</translation>
    </message>
</context>
<context>
    <name>FolderEditor</name>
    <message>
        <source>None chosen</source>
        <translation>Keiner gewählt</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Ordner wählen</translation>
    </message>
</context>
<context>
    <name>HotkeysPart</name>
    <message>
        <source>Set shortcuts …</source>
        <translation>Kürzel festlegen …</translation>
    </message>
    <message>
        <source>Listening for keys</source>
        <translation>Auf Tasten hören</translation>
    </message>
    <message>
        <source>Shortcuts, keys, keyboard</source>
        <translation>Kürzel, Tasten, Tastatur</translation>
    </message>
    <message>
        <source>Nobody listens for keys in this window.</source>
        <translation>In diesem Fenster hört niemand auf Tasten.</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Startet</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>Funktioniert</translation>
    </message>
    <message>
        <source>Not set yet</source>
        <translation>Noch nicht festgelegt</translation>
    </message>
    <message>
        <source>Not working</source>
        <translation>Funktioniert nicht</translation>
    </message>
    <message>
        <source>Keys are heard by {way} while other programs have the focus.</source>
        <translation>Tasten werden über {way} gehört, während andere Programme im Vordergrund sind.</translation>
    </message>
    <message>
        <source>Asking the desktop …</source>
        <translation>Der Desktop wird gefragt …</translation>
    </message>
    <message>
        <source>taken</source>
        <translation>vergeben</translation>
    </message>
    <message>
        <source>“{action}” has this shortcut.</source>
        <translation>„{action}“ hat dieses Kürzel.</translation>
    </message>
    <message>
        <source>not possible</source>
        <translation>nicht möglich</translation>
    </message>
    <message>
        <source>All programs need this shortcut; take another.</source>
        <translation>Alle Programme brauchen dieses Kürzel; ein anderes wählen.</translation>
    </message>
    <message>
        <source>not heard</source>
        <translation>nicht gehört</translation>
    </message>
    <message>
        <source>works: {key}</source>
        <translation>funktioniert: {key}</translation>
    </message>
    <message>
        <source>works</source>
        <translation>funktioniert</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>heard</source>
        <translation>gehört</translation>
    </message>
</context>
<context>
    <name>KeyCatcher</name>
    <message>
        <source>Press the keys …</source>
        <translation>Tasten drücken …</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keines</translation>
    </message>
</context>
<context>
    <name>KeysEditor</name>
    <message>
        <source>Remove the shortcut of: {name}</source>
        <translation>Kürzel entfernen von: {name}</translation>
    </message>
</context>
<context>
    <name>OptionRow</name>
    <message>
        <source>From the next broadcast on.</source>
        <translation>Ab der nächsten Sendung.</translation>
    </message>
    <message>
        <source>After the next start of PowerStream.</source>
        <translation>Nach dem nächsten Start von PowerStream.</translation>
    </message>
    <message>
        <source>Reset to the default: {name}</source>
        <translation>Auf die Vorgabe zurücksetzen: {name}</translation>
    </message>
    <message>
        <source>At once.</source>
        <translation>Sofort.</translation>
    </message>
</context>
<context>
    <name>PairingBox</name>
    <message>
        <source>What the device may do</source>
        <translation>Was das Gerät darf</translation>
    </message>
    <message>
        <source>It may look and drive</source>
        <translation>Es darf zusehen und steuern</translation>
    </message>
    <message>
        <source>It may only look</source>
        <translation>Es darf nur zusehen</translation>
    </message>
    <message>
        <source>Pair a device</source>
        <translation>Gerät koppeln</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Pairing code {code}</source>
        <translation>Kopplungscode {code}</translation>
    </message>
    <message>
        <source>Let a phone, a tablet or another computer on your network look at and drive PowerStream.</source>
        <translation>Ein Telefon, ein Tablet oder einen anderen Computer im eigenen Netz PowerStream ansehen und steuern lassen.</translation>
    </message>
    <message numerus="yes">
        <source>Type this code on the other device. %n second(s) left.</source>
        <translation>
            <numerusform>Diesen Code auf dem anderen Gerät eingeben. Noch %n Sekunde.</numerusform>
            <numerusform>Diesen Code auf dem anderen Gerät eingeben. Noch %n Sekunden.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProviderRow</name>
    <message>
        <source>Provider</source>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>Another one</source>
        <translation>Ein anderer</translation>
    </message>
    <message>
        <source>Fills in address, region and how the bucket is named.</source>
        <translation>Füllt Adresse, Region und die Stelle des Bucket-Namens aus.</translation>
    </message>
</context>
<context>
    <name>SecurityPart</name>
    <message>
        <source>Paired devices, phone, tablet, code</source>
        <translation>Gekoppelte Geräte, Telefon, Tablet, Code</translation>
    </message>
    <message>
        <source>Door to your network</source>
        <translation>Tür zum eigenen Netz</translation>
    </message>
    <message>
        <source>Asking …</source>
        <translation>Wird gefragt …</translation>
    </message>
    <message>
        <source>Network, LAN, address, certificate, fingerprint</source>
        <translation>Netzwerk, LAN, Adresse, Zertifikat, Fingerabdruck</translation>
    </message>
    <message>
        <source>Keys are moved by “powerstream ctl keys move”, which takes them all along.</source>
        <translation>Schlüssel zieht „powerstream ctl keys move“ um; es nimmt alle mit.</translation>
    </message>
    <message>
        <source>Open, encrypted. Devices come to:
{addresses}</source>
        <translation>Offen, verschlüsselt. Geräte kommen zu:
{addresses}</translation>
    </message>
    <message>
        <source>Shut: only this computer reaches PowerStream.</source>
        <translation>Zu: nur dieser Computer erreicht PowerStream.</translation>
    </message>
    <message>
        <source>SHA-256 of the certificate, for the device to compare: {fingerprint}</source>
        <translation>SHA-256 des Zertifikats, zum Vergleich auf dem Gerät: {fingerprint}</translation>
    </message>
</context>
<context>
    <name>ServerCard</name>
    <message>
        <source>PowerStream server</source>
        <translation>PowerStream-Server</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Refresh token</source>
        <translation>Refresh-Token</translation>
    </message>
    <message>
        <source>Keep the token</source>
        <translation>Token behalten</translation>
    </message>
    <message>
        <source>Forget the token</source>
        <translation>Token vergessen</translation>
    </message>
    <message>
        <source>Forget it now?</source>
        <translation>Jetzt vergessen?</translation>
    </message>
    <message>
        <source>Made at the server.</source>
        <translation>Wird beim Server gemacht.</translation>
    </message>
    <message>
        <source>If the server gave one: it gets the next token by itself.</source>
        <translation>Falls der Server eines gab: Damit kommt das nächste Token von selbst.</translation>
    </message>
    <message>
        <source>A token is kept</source>
        <translation>Ein Token ist hinterlegt</translation>
    </message>
    <message>
        <source>A token is kept.</source>
        <translation>Ein Token ist hinterlegt.</translation>
    </message>
    <message>
        <source>No token is kept.</source>
        <translation>Es ist kein Token hinterlegt.</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Video</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Aufnahme</translation>
    </message>
    <message>
        <source>Cloud</source>
        <translation>Cloud</translation>
    </message>
    <message>
        <source>Hotkeys</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Security</source>
        <translation>Sicherheit</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Über</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Portrait size</source>
        <translation>Größe hochkant</translation>
    </message>
    <message>
        <source>Frame rate</source>
        <translation>Bildrate</translation>
    </message>
    <message>
        <source>Bitrate</source>
        <translation>Bitrate</translation>
    </message>
    <message>
        <source>Follow the upload</source>
        <translation>Dem Upload folgen</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>Codec</source>
        <translation>Codec</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>Encoder</translation>
    </message>
    <message>
        <source>Bridge a lost encoder</source>
        <translation>Verlorenen Encoder überbrücken</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Fallback folders</source>
        <translation>Ausweichordner</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>New file after</source>
        <translation>Neue Datei nach</translation>
    </message>
    <message>
        <source>New file at</source>
        <translation>Neue Datei bei</translation>
    </message>
    <message>
        <source>Space kept aside</source>
        <translation>Freigehaltener Platz</translation>
    </message>
    <message>
        <source>Keep replays for</source>
        <translation>Mitschnitte behalten</translation>
    </message>
    <message>
        <source>Space for replays</source>
        <translation>Platz für Mitschnitte</translation>
    </message>
    <message>
        <source>Remove also the only copy</source>
        <translation>Auch die einzige Kopie entfernen</translation>
    </message>
    <message>
        <source>Copies of replays</source>
        <translation>Kopien der Aufzeichnungen</translation>
    </message>
    <message>
        <source>Address of the store</source>
        <translation>Adresse des Speichers</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Region</translation>
    </message>
    <message>
        <source>Bucket</source>
        <translation>Bucket</translation>
    </message>
    <message>
        <source>Names begin with</source>
        <translation>Namen beginnen mit</translation>
    </message>
    <message>
        <source>Where the bucket is named</source>
        <translation>Wo der Bucket genannt wird</translation>
    </message>
    <message>
        <source>Public address</source>
        <translation>Öffentliche Adresse</translation>
    </message>
    <message>
        <source>Folder of the copies</source>
        <translation>Ordner der Kopien</translation>
    </message>
    <message>
        <source>Upload finished replays</source>
        <translation>Fertige Aufzeichnungen hochladen</translation>
    </message>
    <message>
        <source>Uploads while live</source>
        <translation>Uploads während der Sendung</translation>
    </message>
    <message>
        <source>Upload in metered networks</source>
        <translation>In getakteten Netzen hochladen</translation>
    </message>
    <message>
        <source>Parts at once</source>
        <translation>Teile zugleich</translation>
    </message>
    <message>
        <source>Read copies back</source>
        <translation>Kopien zurücklesen</translation>
    </message>
    <message>
        <source>Name of this computer</source>
        <translation>Name dieses Computers</translation>
    </message>
    <message>
        <source>PowerStream server</source>
        <translation>PowerStream-Server</translation>
    </message>
    <message>
        <source>Global hotkeys</source>
        <translation>Globale Tastenkürzel</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Schriftgröße</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>API port</source>
        <translation>API-Port</translation>
    </message>
    <message>
        <source>Port for external encoders</source>
        <translation>Port für externe Encoder</translation>
    </message>
    <message>
        <source>External encoders on your network</source>
        <translation>Externe Encoder im eigenen Netz</translation>
    </message>
    <message>
        <source>Other devices on your network</source>
        <translation>Andere Geräte im eigenen Netz</translation>
    </message>
    <message>
        <source>Port for other devices</source>
        <translation>Port für andere Geräte</translation>
    </message>
    <message>
        <source>Where keys are kept</source>
        <translation>Wo Schlüssel liegen</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>Niedrig</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source>As the system has it</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>The system's keyring</source>
        <translation>Schlüsselbund des Systems</translation>
    </message>
    <message>
        <source>For this run only</source>
        <translation>Nur für diesen Lauf</translation>
    </message>
    <message>
        <source>A sealed file</source>
        <translation>Eine versiegelte Datei</translation>
    </message>
    <message>
        <source>Nowhere</source>
        <translation>Nirgendwohin</translation>
    </message>
    <message>
        <source>A folder</source>
        <translation>Ein Ordner</translation>
    </message>
    <message>
        <source>In the path</source>
        <translation>Im Pfad</translation>
    </message>
    <message>
        <source>In the host name</source>
        <translation>Im Rechnernamen</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Search settings</source>
        <translation>Einstellungen suchen</translation>
    </message>
    <message>
        <source>Parts of the settings</source>
        <translation>Teile der Einstellungen</translation>
    </message>
    <message>
        <source>Asking for the settings …</source>
        <translation>Einstellungen werden geholt …</translation>
    </message>
    <message>
        <source>No setting is called like that.</source>
        <translation>Keine Einstellung heißt so.</translation>
    </message>
    <message>
        <source>Try another word.</source>
        <translation>Ein anderes Wort versuchen.</translation>
    </message>
</context>
<context>
    <name>StoreKeyCard</name>
    <message>
        <source>Access key</source>
        <translation>Zugangsschlüssel</translation>
    </message>
    <message>
        <source>Secret access key</source>
        <translation>Geheimnis</translation>
    </message>
    <message>
        <source>Session token</source>
        <translation>Sitzungstoken</translation>
    </message>
    <message>
        <source>Keep the key</source>
        <translation>Schlüssel behalten</translation>
    </message>
    <message>
        <source>Forget the key</source>
        <translation>Schlüssel vergessen</translation>
    </message>
    <message>
        <source>Forget it now?</source>
        <translation>Jetzt vergessen?</translation>
    </message>
    <message>
        <source>Access key ID</source>
        <translation>ID des Zugangsschlüssels</translation>
    </message>
    <message>
        <source>Only a temporary key has one.</source>
        <translation>Nur ein befristeter Schlüssel hat eines.</translation>
    </message>
    <message>
        <source>A secret is kept</source>
        <translation>Ein Geheimnis ist hinterlegt</translation>
    </message>
    <message>
        <source>A key is kept.</source>
        <translation>Ein Schlüssel ist hinterlegt.</translation>
    </message>
    <message>
        <source>No key is kept.</source>
        <translation>Kein Schlüssel ist hinterlegt.</translation>
    </message>
</context>
<context>
    <name>StoreTest</name>
    <message>
        <source>A small file can be written.</source>
        <translation>Eine kleine Datei lässt sich schreiben.</translation>
    </message>
    <message>
        <source>It can be read again, and is the same.</source>
        <translation>Sie lässt sich wieder lesen, und ist dieselbe.</translation>
    </message>
    <message>
        <source>It is listed.</source>
        <translation>Sie wird aufgelistet.</translation>
    </message>
    <message>
        <source>A replay can be sent in parts.</source>
        <translation>Eine Aufzeichnung lässt sich in Teilen senden.</translation>
    </message>
    <message>
        <source>A link to it opens.</source>
        <translation>Ein Link darauf öffnet sich.</translation>
    </message>
    <message>
        <source>All of it can be removed again.</source>
        <translation>Alles davon lässt sich wieder entfernen.</translation>
    </message>
    <message>
        <source>Not tried: {step}</source>
        <translation>Nicht versucht: {step}</translation>
    </message>
</context>
<context>
    <name>StoreTestCard</name>
    <message>
        <source>Test</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>Test the store</source>
        <translation>Speicher testen</translation>
    </message>
    <message>
        <source>Writes, reads, lists and removes a small file of its own. Your replays are not touched.</source>
        <translation>Schreibt, liest, listet und entfernt eine eigene kleine Datei. Die Aufzeichnungen werden nicht angerührt.</translation>
    </message>
    <message>
        <source>Testing the store …</source>
        <translation>Der Speicher wird getestet …</translation>
    </message>
    <message>
        <source>Replays can be kept there.</source>
        <translation>Aufzeichnungen lassen sich dort ablegen.</translation>
    </message>
    <message>
        <source>Replays cannot be kept there yet.</source>
        <translation>Aufzeichnungen lassen sich dort noch nicht ablegen.</translation>
    </message>
</context>
<context>
    <name>VideoPart</name>
    <message>
        <source>Encoders of this computer</source>
        <translation>Encoder dieses Computers</translation>
    </message>
    <message>
        <source>Tries each encoder on one picture, and measures how much the software encoder holds.</source>
        <translation>Probiert jeden Encoder an einem Bild aus und misst, was der Software-Encoder schafft.</translation>
    </message>
</context>
</TS>
