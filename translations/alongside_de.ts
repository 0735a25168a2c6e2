<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>TextSearch</name>
    <message>
        <source>The pattern is too long</source>
        <translation>Das Muster ist zu lang</translation>
    </message>
    <message>
        <source>The pattern holds half a character</source>
        <translation>Das Muster enthält ein halbes Zeichen</translation>
    </message>
</context>
<context>
    <name>ui::ActionSource</name>
    <message>
        <source>%1: %2</source>
        <extracomment>A command in the palette; %1 is its menu, %2 its name</extracomment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>Befehl suchen</translation>
    </message>
</context>
<context>
    <name>ui::Actions</name>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>New &amp;Window</source>
        <translation>Neues &amp;Fenster</translation>
    </message>
    <message>
        <source>&amp;Open Folder…</source>
        <translation>Ordner ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>&amp;Join with a Link…</source>
        <translation>Mit einem &amp;Link beitreten…</translation>
    </message>
    <message>
        <source>&amp;New File…</source>
        <translation>&amp;Neue Datei…</translation>
    </message>
    <message>
        <source>New &amp;Folder…</source>
        <translation>Neuer &amp;Ordner…</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>Save a &amp;Copy…</source>
        <translation>&amp;Kopie speichern…</translation>
    </message>
    <message>
        <source>export</source>
        <translation>exportieren</translation>
    </message>
    <message>
        <source>Close &amp;Tab</source>
        <translation>&amp;Reiter schließen</translation>
    </message>
    <message>
        <source>Close Win&amp;dow</source>
        <translation>F&amp;enster schließen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>&amp;Ausschneiden</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Einfügen</translation>
    </message>
    <message>
        <source>Select &amp;All</source>
        <translation>A&amp;lles auswählen</translation>
    </message>
    <message>
        <source>&amp;Find</source>
        <translation>&amp;Suchen</translation>
    </message>
    <message>
        <source>search</source>
        <translation>suchen finden</translation>
    </message>
    <message>
        <source>R&amp;eplace</source>
        <translation>Erse&amp;tzen</translation>
    </message>
    <message>
        <source>Find &amp;Next</source>
        <translation>&amp;Nächsten Treffer suchen</translation>
    </message>
    <message>
        <source>Find Pre&amp;vious</source>
        <translation>&amp;Vorherigen Treffer suchen</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>&amp;Files</source>
        <translation>&amp;Dateien</translation>
    </message>
    <message>
        <source>side bar tree</source>
        <translation>Seitenleiste Baum</translation>
    </message>
    <message>
        <source>Zoom &amp;In</source>
        <translation>Ver&amp;größern</translation>
    </message>
    <message>
        <source>Zoom &amp;Out</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
        <source>&amp;Normal Size</source>
        <translation>&amp;Normale Größe</translation>
    </message>
    <message>
        <source>Colours &amp;Like the Desktop</source>
        <translation>Farben &amp;wie die Arbeitsumgebung</translation>
    </message>
    <message>
        <source>L&amp;ight Colours</source>
        <translation>&amp;Helle Farben</translation>
    </message>
    <message>
        <source>&amp;Dark Colours</source>
        <translation>D&amp;unkle Farben</translation>
    </message>
    <message>
        <source>theme</source>
        <translation>Farbschema Design</translation>
    </message>
    <message>
        <source>&amp;Command Palette…</source>
        <translation>&amp;Befehlspalette…</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>Gehe zu</translation>
    </message>
    <message>
        <source>Go to &amp;Line…</source>
        <translation>Gehe zu &amp;Zeile…</translation>
    </message>
    <message>
        <source>&amp;Next Tab</source>
        <translation>&amp;Nächster Reiter</translation>
    </message>
    <message>
        <source>&amp;Previous Tab</source>
        <translation>&amp;Vorheriger Reiter</translation>
    </message>
    <message>
        <source>To the &amp;Files</source>
        <translation>Zu den &amp;Dateien</translation>
    </message>
    <message>
        <source>To the &amp;Editor</source>
        <translation>Zum &amp;Editor</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>Arbeitsbereich</translation>
    </message>
    <message>
        <source>&amp;Share Running Workspace…</source>
        <translation>Laufenden Arbeitsbereich &amp;teilen…</translation>
    </message>
    <message>
        <source>invite link live share collaborate</source>
        <translation>einladen Link live teilen zusammenarbeiten</translation>
    </message>
    <message>
        <source>&amp;Copy Link</source>
        <translation>Link &amp;kopieren</translation>
    </message>
    <message>
        <source>invite invitation share</source>
        <translation>einladen Einladung teilen</translation>
    </message>
    <message>
        <source>Make &amp;Read-Only</source>
        <translation>Nur noch an&amp;sehen lassen</translation>
    </message>
    <message>
        <source>view access guests</source>
        <translation>Zugriff Ansicht Gäste</translation>
    </message>
    <message>
        <source>S&amp;top Sharing</source>
        <translation>Teilen &amp;beenden</translation>
    </message>
    <message>
        <source>unshare end session</source>
        <translation>aufheben Sitzung beenden</translation>
    </message>
    <message>
        <source>&amp;Leave Workspace</source>
        <translation>Arbeitsbereich &amp;verlassen</translation>
    </message>
    <message>
        <source>disconnect</source>
        <translation>trennen</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>What &amp;Guests Can Do</source>
        <translation>Was &amp;Gäste können</translation>
    </message>
    <message>
        <source>security share</source>
        <translation>Sicherheit teilen</translation>
    </message>
    <message>
        <source>&amp;About Alongside</source>
        <translation>Ü&amp;ber Alongside</translation>
    </message>
    <message>
        <source>version licence</source>
        <translation>Version Lizenz</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>&amp;Gehe zu</translation>
    </message>
    <message>
        <source>&amp;Workspace</source>
        <translation>A&amp;rbeitsbereich</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>invitation connect session</source>
        <translation>Einladung verbinden Sitzung</translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>Add Caret &amp;Above</source>
        <translation>Cursor &amp;darüber hinzufügen</translation>
    </message>
    <message>
        <source>multiple cursors</source>
        <translation>mehrere Cursor Multicursor</translation>
    </message>
    <message>
        <source>Add Caret &amp;Below</source>
        <translation>Cursor dar&amp;unter hinzufügen</translation>
    </message>
    <message>
        <source>Select &amp;Next Occurrence</source>
        <translation>&amp;Nächstes Vorkommen auswählen</translation>
    </message>
    <message>
        <source>multiple cursors same word</source>
        <translation>mehrere Cursor gleiches Wort</translation>
    </message>
    <message>
        <source>Select All &amp;Occurrences</source>
        <translation>&amp;Alle Vorkommen auswählen</translation>
    </message>
    <message>
        <source>multiple cursors same word rename</source>
        <translation>mehrere Cursor gleiches Wort umbenennen</translation>
    </message>
    <message>
        <source>Move Lines &amp;Up</source>
        <translation>Zeilen nach &amp;oben verschieben</translation>
    </message>
    <message>
        <source>Move Lines &amp;Down</source>
        <translation>Zeilen nach un&amp;ten verschieben</translation>
    </message>
    <message>
        <source>Du&amp;plicate Lines</source>
        <translation>Zeilen ver&amp;doppeln</translation>
    </message>
    <message>
        <source>copy line</source>
        <translation>Zeile kopieren duplizieren</translation>
    </message>
    <message>
        <source>Delete &amp;Lines</source>
        <translation>Zeilen &amp;löschen</translation>
    </message>
    <message>
        <source>remove</source>
        <translation>entfernen</translation>
    </message>
    <message>
        <source>&amp;Indent Lines</source>
        <translation>Zeilen &amp;einrücken</translation>
    </message>
    <message>
        <source>Ou&amp;tdent Lines</source>
        <translation>Zeilen aus&amp;rücken</translation>
    </message>
    <message>
        <source>unindent</source>
        <translation>Einrückung verringern</translation>
    </message>
    <message>
        <source>Toggle &amp;Comment</source>
        <translation>&amp;Kommentar ein oder aus</translation>
    </message>
    <message>
        <source>uncomment</source>
        <translation>auskommentieren Kommentarzeichen entfernen</translation>
    </message>
    <message>
        <source>Go to Matching &amp;Bracket</source>
        <translation>Zur &amp;passenden Klammer</translation>
    </message>
    <message>
        <source>brace parenthesis</source>
        <translation>geschweift rund eckig</translation>
    </message>
    <message>
        <source>&amp;Selection</source>
        <translation>A&amp;uswahl</translation>
    </message>
    <message>
        <source>&amp;Wrap Lines</source>
        <translation>Zeilen &amp;umbrechen</translation>
    </message>
    <message>
        <source>word wrap soft</source>
        <translation>Zeilenumbruch Wortumbruch weich</translation>
    </message>
    <message>
        <source>Fol&amp;d</source>
        <translation>Ein&amp;klappen</translation>
    </message>
    <message>
        <source>collapse</source>
        <translation>falten zuklappen einfalten</translation>
    </message>
    <message>
        <source>&amp;Unfold</source>
        <translation>Aus&amp;klappen</translation>
    </message>
    <message>
        <source>expand</source>
        <translation>aufklappen entfalten</translation>
    </message>
    <message>
        <source>Fold &amp;All</source>
        <translation>&amp;Alles einklappen</translation>
    </message>
    <message>
        <source>Unfold All</source>
        <translation>Alles ausklappen</translation>
    </message>
    <message>
        <source>Hide &amp;Blanks</source>
        <translation>Leer&amp;raum verbergen</translation>
    </message>
    <message>
        <source>Show Blanks in the &amp;Selection</source>
        <translation>Leerraum in der Au&amp;swahl zeigen</translation>
    </message>
    <message>
        <source>Show All Blan&amp;ks</source>
        <translation>Gesamten &amp;Leerraum zeigen</translation>
    </message>
    <message>
        <source>whitespace spaces tabs</source>
        <translation>Leerzeichen Tabulatoren Whitespace</translation>
    </message>
</context>
<context>
    <name>ui::AvatarStrip</name>
    <message>
        <source>People in this workspace</source>
        <translation>Personen in diesem Arbeitsbereich</translation>
    </message>
    <message numerus="yes">
        <source>%n more people</source>
        <translation>
            <numerusform>%n weitere Person</numerusform>
            <numerusform>%n weitere Personen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::BinaryView</name>
    <message>
        <source>Text of the page</source>
        <translation>Text der Seite</translation>
    </message>
    <message>
        <source>Too large to edit, read-only</source>
        <translation>Zu groß zum Bearbeiten, schreibgeschützt</translation>
    </message>
    <message>
        <source>Not a text, read-only</source>
        <translation>Kein Text, schreibgeschützt</translation>
    </message>
    <message>
        <source>Page before</source>
        <translation>Vorherige Seite</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>Nächste Seite</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <extracomment>%1 says why the file is shown this way, %2 is its size</extracomment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1 · page %2 of %3</source>
        <extracomment>%1 says why and how large, %2 and %3 are numbers</extracomment>
        <translation>%1 · Seite %2 von %3</translation>
    </message>
    <message>
        <source>“%1” cannot be read</source>
        <translation>„%1“ kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
</context>
<context>
    <name>ui::CodeEditor</name>
    <message>
        <source>Text editor</source>
        <translation>Texteditor</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>Nur Text</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Ausschneiden</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>Alles auswählen</translation>
    </message>
</context>
<context>
    <name>ui::CommandPalette</name>
    <message>
        <source>Command palette</source>
        <translation>Befehlspalette</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>Befehl suchen</translation>
    </message>
    <message>
        <source>Commands found</source>
        <translation>Gefundene Befehle</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <extracomment>Spoken; %1 is a command, %2 its keys or why it cannot be used</extracomment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>No command is called that</source>
        <translation>So heißt kein Befehl</translation>
    </message>
</context>
<context>
    <name>ui::Describe</name>
    <message>
        <source>Something with this name is there already. Choose another name.</source>
        <translation>Unter diesem Namen gibt es schon etwas. Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>It leads out of the shared folder, and only what is inside can be opened.</source>
        <translation>Es führt aus dem geteilten Ordner hinaus, und nur was darin ist, kann geöffnet werden.</translation>
    </message>
    <message>
        <source>It is a folder or a device, not a file that could be edited.</source>
        <translation>Es ist ein Ordner oder ein Gerät, keine Datei, die bearbeitet werden könnte.</translation>
    </message>
    <message>
        <source>It is not a text. You can look at its bytes.</source>
        <translation>Es ist kein Text. Sie können die Bytes ansehen.</translation>
    </message>
    <message>
        <source>It is write-protected. Change its permissions or save the text somewhere else.</source>
        <translation>Es ist schreibgeschützt. Ändern Sie die Rechte oder speichern Sie den Text woanders.</translation>
    </message>
    <message>
        <source>The disk of the host is full. Free some space there; saving is tried again by itself.</source>
        <translation>Die Platte des Hosts ist voll. Schaffen Sie dort Platz; das Speichern wird von selbst wiederholt.</translation>
    </message>
    <message>
        <source>The host&apos;s user is not permitted to do this. Change the permissions of the file or of its folder.</source>
        <translation>Der Benutzer des Hosts darf das nicht. Ändern Sie die Rechte der Datei oder ihres Ordners.</translation>
    </message>
    <message>
        <source>The host&apos;s disk reported an error. Your text is kept; check the disk and try again.</source>
        <translation>Die Platte des Hosts meldete einen Fehler. Ihr Text bleibt erhalten; prüfen Sie die Platte und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>It changed at the same moment. Look at it again, then repeat what you wanted.</source>
        <translation>Es wurde im selben Moment geändert. Sehen Sie es sich noch einmal an und wiederholen Sie dann, was Sie wollten.</translation>
    </message>
    <message>
        <source>The connection to the host is lost. It is being restored; nothing that you typed is gone.</source>
        <translation>Die Verbindung zum Host ist unterbrochen. Sie wird wiederhergestellt; nichts von Ihrem Text ist verloren.</translation>
    </message>
    <message>
        <source>No answer came in time. Try again, or ask whether the host is still running.</source>
        <translation>Es kam rechtzeitig keine Antwort. Versuchen Sie es erneut oder fragen Sie, ob der Host noch läuft.</translation>
    </message>
    <message>
        <source>The host runs a version of Alongside that this one cannot talk to. Install the same version on both sides.</source>
        <translation>Auf dem Host läuft eine Version von Alongside, mit der diese sich nicht verständigen kann. Installieren Sie auf beiden Seiten dieselbe Version.</translation>
    </message>
    <message>
        <source>This link opens nothing now. It may have been stopped, or it is incomplete; ask for a new one.</source>
        <translation>Dieser Link öffnet jetzt nichts. Vielleicht wurde das Teilen beendet, oder er ist unvollständig; bitten Sie um einen neuen.</translation>
    </message>
    <message>
        <source>The host is not the one that the link names; somebody may be in between. Nothing was sent. Ask for a new link.</source>
        <translation>Der Host ist nicht der, den der Link nennt; vielleicht ist jemand dazwischen. Es wurde nichts gesendet. Bitten Sie um einen neuen Link.</translation>
    </message>
    <message>
        <source>No host answers at this address. Check that both computers are on the same network and that sharing is on.</source>
        <translation>Unter dieser Adresse antwortet kein Host. Prüfen Sie, ob beide Computer im selben Netzwerk sind und ob noch geteilt wird.</translation>
    </message>
    <message>
        <source>The workspace is shared but does not run now. Only its owner can start it.</source>
        <translation>Der Arbeitsbereich ist geteilt, läuft aber gerade nicht. Nur der Besitzer kann ihn starten.</translation>
    </message>
    <message>
        <source>The owner declined. Ask them directly if you think this was a mistake.</source>
        <translation>Der Besitzer hat abgelehnt. Fragen Sie direkt nach, wenn Sie das für ein Versehen halten.</translation>
    </message>
    <message>
        <source>The host does not know who you are. Join with the link again.</source>
        <translation>Der Host weiß nicht, wer Sie sind. Treten Sie mit dem Link noch einmal bei.</translation>
    </message>
    <message>
        <source>The other side sent something that makes no sense. Update Alongside on both sides and try again.</source>
        <translation>Die Gegenseite hat etwas Unverständliches gesendet. Aktualisieren Sie Alongside auf beiden Seiten und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>It is not there any more. Look at the folder again.</source>
        <translation>Es ist nicht mehr da. Sehen Sie noch einmal im Ordner nach.</translation>
    </message>
    <message>
        <source>You may look but not change. Ask the owner for edit access.</source>
        <translation>Sie dürfen ansehen, aber nichts ändern. Bitten Sie den Besitzer um das Recht zum Bearbeiten.</translation>
    </message>
    <message>
        <source>This name or value cannot be used. Choose another one.</source>
        <translation>Dieser Name oder Wert kann nicht benutzt werden. Wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>The place is beyond the end. Look at it again.</source>
        <translation>Die Stelle liegt hinter dem Ende. Sehen Sie noch einmal nach.</translation>
    </message>
    <message>
        <source>It is too large. Do it in smaller parts.</source>
        <translation>Es ist zu groß. Gehen Sie in kleineren Teilen vor.</translation>
    </message>
    <message>
        <source>There are too many of them at once. Close some or wait a moment, then try again.</source>
        <translation>Es sind zu viele auf einmal. Schließen Sie einige oder warten Sie einen Moment und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>It was cancelled. Nothing has changed.</source>
        <translation>Es wurde abgebrochen. Nichts hat sich geändert.</translation>
    </message>
    <message>
        <source>A part of the system that this needs is not there. Check that the folder exists and that Alongside is completely installed.</source>
        <translation>Ein Teil des Systems, der dafür nötig ist, fehlt. Prüfen Sie, ob der Ordner existiert und Alongside vollständig installiert ist.</translation>
    </message>
    <message>
        <source>This is a mistake in Alongside, not yours. Try again; if it stays, report it with the log.</source>
        <translation>Das ist ein Fehler in Alongside, nicht Ihrer. Versuchen Sie es erneut; bleibt er, melden Sie ihn mit dem Protokoll.</translation>
    </message>
</context>
<context>
    <name>ui::DocumentArea</name>
    <message>
        <source>No file is open</source>
        <translation>Keine Datei ist geöffnet</translation>
    </message>
    <message>
        <source>Choose one at the left. F1 finds every command.</source>
        <translation>Wählen Sie links eine aus. F1 findet jeden Befehl.</translation>
    </message>
</context>
<context>
    <name>ui::DocumentStatus</name>
    <message>
        <source>Ended, read-only</source>
        <translation>Beendet, schreibgeschützt</translation>
    </message>
    <message>
        <source>Offline, kept here</source>
        <translation>Offline, hier aufbewahrt</translation>
    </message>
    <message>
        <source>What you type is sent when the connection is back.</source>
        <translation>Was Sie schreiben, wird gesendet, sobald die Verbindung wieder da ist.</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>Nicht gespeichert</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>Wird gespeichert</translation>
    </message>
    <message>
        <source>The text is written to the file by itself.</source>
        <translation>Der Text wird von selbst in die Datei geschrieben.</translation>
    </message>
    <message>
        <source>Read-only</source>
        <translation>Schreibgeschützt</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <extracomment>%1 is a time of day</extracomment>
        <translation>Gespeichert %1</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Mixed line ends</source>
        <translation>Gemischte Zeilenenden</translation>
    </message>
    <message>
        <source>Git branch %1</source>
        <extracomment>%1 is the name of a git branch</extracomment>
        <translation>Git-Zweig %1</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Dieser Computer</translation>
    </message>
    <message>
        <source>The files are on this computer.</source>
        <translation>Die Dateien sind auf diesem Computer.</translation>
    </message>
    <message>
        <source>The files are on %1.</source>
        <extracomment>%1 is a computer&apos;s name</extracomment>
        <translation>Die Dateien sind auf %1.</translation>
    </message>
    <message>
        <source>Ln %1, Col %2</source>
        <extracomment>Place of the caret; %1 is a line number, %2 a column number</extracomment>
        <translation>Z. %1, Sp. %2</translation>
    </message>
    <message>
        <source>Line %1, column %2. Press to go to another line.</source>
        <translation>Zeile %1, Spalte %2. Drücken Sie, um zu einer anderen Zeile zu gehen.</translation>
    </message>
    <message>
        <source>Tabs: %1</source>
        <translation>Tabulatoren: %1</translation>
    </message>
    <message>
        <source>Spaces: %1</source>
        <translation>Leerzeichen: %1</translation>
    </message>
    <message>
        <source>How this file indents. Press to change it.</source>
        <translation>Wie diese Datei einrückt. Drücken Sie, um es zu ändern.</translation>
    </message>
    <message>
        <source>Encoding of the file</source>
        <translation>Kodierung der Datei</translation>
    </message>
    <message>
        <source>How lines end in the file</source>
        <translation>Wie Zeilen in der Datei enden</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>Nur Text</translation>
    </message>
    <message>
        <source>Language of the colours. Press to choose another one.</source>
        <translation>Sprache der Hervorhebung. Drücken Sie, um eine andere zu wählen.</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Size of the text. Press for the normal size.</source>
        <translation>Größe des Textes. Drücken Sie für die normale Größe.</translation>
    </message>
    <message numerus="yes">
        <source>%n carets</source>
        <extracomment>how many places one types at</extracomment>
        <translation>
            <numerusform>%n Cursor</numerusform>
            <numerusform>%n Cursor</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n carets; the one that others see is at line %1, column %2. Press to go to another line.</source>
        <translation>
            <numerusform>%n Cursor in Zeile %1, Spalte %2. Drücken Sie, um zu einer anderen Zeile zu gehen.</numerusform>
            <numerusform>%n Cursor; der, den andere sehen, steht in Zeile %1, Spalte %2. Drücken Sie, um zu einer anderen Zeile zu gehen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::DocumentView</name>
    <message>
        <source>Opening “%1”</source>
        <translation>„%1“ wird geöffnet</translation>
    </message>
    <message>
        <source>“%1” could not be opened</source>
        <translation>„%1“ konnte nicht geöffnet werden</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
</context>
<context>
    <name>ui::FileDelegate</name>
    <message>
        <source>“%1” could not be listed.</source>
        <translation>„%1“ konnte nicht aufgelistet werden.</translation>
    </message>
    <message>
        <source>“%1” is a link to nothing, or to something outside this folder.</source>
        <translation>„%1“ verweist auf nichts oder auf etwas außerhalb dieses Ordners.</translation>
    </message>
    <message>
        <source>%1 (ignored by git)</source>
        <translation>%1 (von git ignoriert)</translation>
    </message>
    <message>
        <source>%1
Open: %2</source>
        <extracomment>%1 is a path, %2 a list of names of people who have it open</extracomment>
        <translation>%1
Geöffnet von: %2</translation>
    </message>
</context>
<context>
    <name>ui::FileTreeView</name>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>New File…</source>
        <translation>Neue Datei…</translation>
    </message>
    <message>
        <source>New Folder…</source>
        <translation>Neuer Ordner…</translation>
    </message>
    <message>
        <source>Copy Path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>New folder in “%1”</source>
        <translation>Neuer Ordner in „%1“</translation>
    </message>
    <message>
        <source>New file in “%1”</source>
        <translation>Neue Datei in „%1“</translation>
    </message>
    <message>
        <source>“%1” could not be created.</source>
        <translation>„%1“ konnte nicht angelegt werden.</translation>
    </message>
    <message>
        <source>“%1” could not be renamed.</source>
        <translation>„%1“ konnte nicht umbenannt werden.</translation>
    </message>
    <message>
        <source>“%1” could not be deleted.</source>
        <translation>„%1“ konnte nicht gelöscht werden.</translation>
    </message>
    <message>
        <source>“%1” could not be moved.</source>
        <translation>„%1“ konnte nicht verschoben werden.</translation>
    </message>
</context>
<context>
    <name>ui::FilesPane</name>
    <message>
        <source>New file</source>
        <translation>Neue Datei</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>Neuer Ordner</translation>
    </message>
    <message>
        <source>The folder could not be listed</source>
        <translation>Der Ordner konnte nicht aufgelistet werden</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Listing files</source>
        <translation>Dateien werden aufgelistet</translation>
    </message>
    <message>
        <source>This folder is empty</source>
        <translation>Dieser Ordner ist leer</translation>
    </message>
</context>
<context>
    <name>ui::FindBar</name>
    <message>
        <source>Find and replace</source>
        <translation>Suchen und ersetzen</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>Groß- und Kleinschreibung beachten</translation>
    </message>
    <message>
        <source>Whole words</source>
        <translation>Ganze Wörter</translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation>Regulärer Ausdruck</translation>
    </message>
    <message>
        <source>Previous match (Shift+F3)</source>
        <translation>Vorheriger Treffer (Umschalt+F3)</translation>
    </message>
    <message>
        <source>Next match (F3)</source>
        <translation>Nächster Treffer (F3)</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>Schließen (Esc)</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Replace all</source>
        <translation>Alle ersetzen</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Replace with</source>
        <translation>Ersetzen durch</translation>
    </message>
    <message>
        <source>No results</source>
        <translation>Keine Treffer</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Suche läuft…</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <extracomment>position of the selected match and number of all, e.g. &quot;3 of 17&quot;</extracomment>
        <translation>%1 von %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln replaced</source>
        <translation>
            <numerusform>%Ln ersetzt</numerusform>
            <numerusform>%Ln ersetzt</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 found</source>
        <extracomment>number of matches, none of them selected, e.g. &quot;17 found&quot;</extracomment>
        <translation>%1 gefunden</translation>
    </message>
    <message>
        <source>Too many to replace at once</source>
        <translation>Zu viele, um sie auf einmal zu ersetzen</translation>
    </message>
    <message>
        <source>Still searching; try again</source>
        <translation>Die Suche läuft noch; bitte gleich noch einmal</translation>
    </message>
</context>
<context>
    <name>ui::GoToLine</name>
    <message>
        <source>Go to line</source>
        <translation>Gehe zu Zeile</translation>
    </message>
    <message>
        <source>Line, or line:column</source>
        <translation>Zeile oder Zeile:Spalte</translation>
    </message>
    <message>
        <source>Type a number, or two as in 12:5</source>
        <translation>Eine Zahl eingeben, oder zwei wie in 12:5</translation>
    </message>
    <message>
        <source>of %1 lines</source>
        <translation>von %1 Zeilen</translation>
    </message>
</context>
<context>
    <name>ui::GuestHelp</name>
    <message>
        <source>What guests can do</source>
        <translation>Was Gäste können</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>This is true for the workspace as it is shared now.</source>
        <translation>Das gilt für den Arbeitsbereich, wie er jetzt geteilt ist.</translation>
    </message>
    <message>
        <source>This is true as soon as you create the link with the settings chosen in the dialog.</source>
        <translation>Das gilt, sobald Sie den Link mit den im Dialog gewählten Einstellungen erstellen.</translation>
    </message>
    <message>
        <source>Read every file in the folder, also those that git ignores, and text that is not saved yet.</source>
        <translation>Jede Datei im Ordner lesen, auch die von git ignorierten und noch nicht gespeicherten Text.</translation>
    </message>
    <message>
        <source>See who is here, in which file, and where the carets are.</source>
        <translation>Sehen, wer da ist, in welcher Datei, und wo die Textmarken stehen.</translation>
    </message>
    <message>
        <source>See or open anything outside the folder, also not through links that lead out of it.</source>
        <translation>Etwas außerhalb des Ordners sehen oder öffnen, auch nicht über Verweise, die hinausführen.</translation>
    </message>
    <message>
        <source>Open a terminal, start programs or use your git credentials.</source>
        <translation>Ein Terminal öffnen, Programme starten oder Ihre git-Zugangsdaten benutzen.</translation>
    </message>
    <message>
        <source>Share the workspace, let others in or show anyone out.</source>
        <translation>Den Arbeitsbereich teilen, andere hereinlassen oder jemanden hinausschicken.</translation>
    </message>
    <message>
        <source>Change, create, rename and delete files. What they delete stays in the bin for seven days.</source>
        <translation>Dateien ändern, anlegen, umbenennen und löschen. Gelöschtes bleibt sieben Tage im Papierkorb.</translation>
    </message>
    <message>
        <source>Change files that your tools run: build scripts, hooks of package managers, editor settings. Look at what changed before you run it.</source>
        <translation>Dateien ändern, die Ihre Werkzeuge ausführen: Build-Skripte, Hooks von Paketverwaltungen, Editor-Einstellungen. Sehen Sie sich Änderungen an, bevor Sie sie ausführen.</translation>
    </message>
    <message>
        <source>Write inside .git: hooks and configuration there would run in your name.</source>
        <translation>In .git schreiben: Hooks und Einstellungen dort liefen in Ihrem Namen.</translation>
    </message>
    <message>
        <source>Change anything: the host refuses it, whatever program they use.</source>
        <translation>Irgendetwas ändern: Der Host lehnt es ab, gleich mit welchem Programm.</translation>
    </message>
    <message>
        <source>They can</source>
        <translation>Sie können</translation>
    </message>
    <message>
        <source>They cannot</source>
        <translation>Sie können nicht</translation>
    </message>
    <message>
        <source>How they come in</source>
        <translation>Wie sie hereinkommen</translation>
    </message>
    <message>
        <source>The name a guest gives is not checked. Ask them over another channel if you are not sure.</source>
        <translation>Der Name, den ein Gast angibt, wird nicht geprüft. Fragen Sie auf anderem Weg nach, wenn Sie unsicher sind.</translation>
    </message>
    <message>
        <source>The link carries the fingerprint of this host, so nobody in between can pretend to be it.</source>
        <translation>Der Link enthält den Fingerabdruck dieses Hosts, deshalb kann sich niemand dazwischen für ihn ausgeben.</translation>
    </message>
    <message>
        <source>How it ends</source>
        <translation>Wie es endet</translation>
    </message>
    <message>
        <source>Stop sharing cuts off everybody at once. The link is dead for good; sharing again makes a new one.</source>
        <translation>Teilen beenden trennt alle sofort. Der Link ist für immer ungültig; erneutes Teilen erzeugt einen neuen.</translation>
    </message>
    <message>
        <source>Closing the window or the computer ends it as well.</source>
        <translation>Das Fenster oder den Computer zu schließen beendet es ebenfalls.</translation>
    </message>
    <message>
        <source>What guests have read or copied before cannot be taken back.</source>
        <translation>Was Gäste vorher gelesen oder kopiert haben, lässt sich nicht zurückholen.</translation>
    </message>
</context>
<context>
    <name>ui::HexView</name>
    <message>
        <source>Bytes of the file</source>
        <translation>Bytes der Datei</translation>
    </message>
</context>
<context>
    <name>ui::JoinCard</name>
    <message>
        <source>Your name, as the others see it</source>
        <translation>Ihr Name, wie ihn die anderen sehen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>Beitreten</translation>
    </message>
    <message>
        <source>Looking at the link</source>
        <translation>Der Link wird geprüft</translation>
    </message>
    <message>
        <source>Asking %1 on port %2 what it opens.</source>
        <extracomment>%1 is a computer&apos;s name or address, %2 a port number</extracomment>
        <translation>%1 wird an Port %2 gefragt, was er öffnet.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>%1 invites you to “%2”</source>
        <extracomment>%1 is a person&apos;s name, %2 the workspace&apos;s name</extracomment>
        <translation>%1 lädt Sie zu „%2“ ein</translation>
    </message>
    <message numerus="yes">
        <source>%n people are there now.</source>
        <translation>
            <numerusform>%n Person ist gerade da.</numerusform>
            <numerusform>%n Personen sind gerade da.</numerusform>
        </translation>
    </message>
    <message>
        <source>The workspace is on %1. Its certificate matches the link.</source>
        <extracomment>%1 is a computer&apos;s name or address</extracomment>
        <translation>Der Arbeitsbereich ist auf %1. Das Zertifikat passt zum Link.</translation>
    </message>
    <message>
        <source>You can read and change the files.</source>
        <translation>Sie können die Dateien lesen und ändern.</translation>
    </message>
    <message>
        <source>You can read the files, but not change them.</source>
        <translation>Sie können die Dateien lesen, aber nicht ändern.</translation>
    </message>
    <message>
        <source>%1 is asked before you come in, and sees the name you give and your network address.</source>
        <translation>%1 wird gefragt, bevor Sie hereinkommen, und sieht den angegebenen Namen und Ihre Netzwerkadresse.</translation>
    </message>
    <message>
        <source>You come in at once. Everybody there sees the name you give.</source>
        <translation>Sie kommen sofort herein. Alle dort sehen den angegebenen Namen.</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Nicht jetzt</translation>
    </message>
    <message>
        <source>The owner</source>
        <translation>Der Besitzer</translation>
    </message>
    <message>
        <source>Joining</source>
        <translation>Beitritt</translation>
    </message>
    <message>
        <source>%1 has been asked</source>
        <extracomment>%1 is a person&apos;s name</extracomment>
        <translation>%1 wurde gefragt</translation>
    </message>
    <message>
        <source>You come in as soon as they agree.</source>
        <translation>Sie kommen herein, sobald zugestimmt wird.</translation>
    </message>
    <message>
        <source>%1 is not at the computer</source>
        <extracomment>%1 is a person&apos;s name</extracomment>
        <translation>%1 ist nicht am Computer</translation>
    </message>
    <message>
        <source>The question waits there. Tell them that you are at the door.</source>
        <translation>Die Frage wartet dort. Sagen Sie Bescheid, dass Sie vor der Tür stehen.</translation>
    </message>
    <message>
        <source>This is not the host that the link names</source>
        <translation>Das ist nicht der Host, den der Link nennt</translation>
    </message>
    <message>
        <source>%1 declined</source>
        <extracomment>%1 is a person&apos;s name</extracomment>
        <translation>%1 hat abgelehnt</translation>
    </message>
    <message>
        <source>You cannot join now</source>
        <translation>Sie können jetzt nicht beitreten</translation>
    </message>
    <message>
        <source>The owner has stopped sharing. Ask for a new link.</source>
        <translation>Das Teilen wurde beendet. Bitten Sie um einen neuen Link.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Ask them directly if you think this was a mistake.</source>
        <translation>Fragen Sie direkt nach, wenn Sie das für ein Versehen halten.</translation>
    </message>
</context>
<context>
    <name>ui::JoinRequestCard</name>
    <message>
        <source>%1 wants to join</source>
        <extracomment>%1 is the name that somebody gave who opened the invitation link</extracomment>
        <translation>%1 möchte beitreten</translation>
    </message>
    <message>
        <source>From this computer. Nobody has checked the name.</source>
        <extracomment>%1 is a network address</extracomment>
        <translation>Von diesem Computer. Niemand hat den Namen geprüft.</translation>
    </message>
    <message>
        <source>From %1. Nobody has checked the name.</source>
        <translation>Von %1. Niemand hat den Namen geprüft.</translation>
    </message>
    <message>
        <source>Allow editing</source>
        <translation>Bearbeiten erlauben</translation>
    </message>
    <message>
        <source>View only</source>
        <translation>Nur ansehen</translation>
    </message>
    <message>
        <source>Let in to view</source>
        <translation>Zum Ansehen einlassen</translation>
    </message>
    <message>
        <source>Deny</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Deny and Block This Address</source>
        <translation>Ablehnen und diese Adresse sperren</translation>
    </message>
</context>
<context>
    <name>ui::LinkText</name>
    <message>
        <source>There is nothing here yet. Paste the link that you were sent.</source>
        <translation>Hier steht noch nichts. Fügen Sie den Link ein, den Sie bekommen haben.</translation>
    </message>
    <message>
        <source>This is far longer than any link. Copy the link alone, without the text around it.</source>
        <translation>Das ist viel länger als ein Link. Kopieren Sie nur den Link, ohne den Text darum herum.</translation>
    </message>
    <message>
        <source>There is a space, a line break or another strange character inside. Copy the link again, in one piece.</source>
        <translation>Darin steht ein Leerzeichen, ein Zeilenumbruch oder ein anderes fremdes Zeichen. Kopieren Sie den Link noch einmal am Stück.</translation>
    </message>
    <message>
        <source>This is not an invitation: those start with alongside:// or https://. Ask for the link again.</source>
        <translation>Das ist keine Einladung: Die beginnen mit alongside:// oder https://. Bitten Sie noch einmal um den Link.</translation>
    </message>
    <message>
        <source>The name of the computer in this link is not one that can exist. Ask for the link again.</source>
        <translation>Den Computernamen in diesem Link kann es nicht geben. Bitten Sie noch einmal um den Link.</translation>
    </message>
    <message>
        <source>The port number after the computer&apos;s name is missing or wrong. Ask for the link again.</source>
        <translation>Die Portnummer nach dem Computernamen fehlt oder ist falsch. Bitten Sie noch einmal um den Link.</translation>
    </message>
    <message>
        <source>This address does not lead to a workspace. Ask for the invitation link.</source>
        <translation>Diese Adresse führt zu keinem Arbeitsbereich. Bitten Sie um den Einladungslink.</translation>
    </message>
    <message>
        <source>The end of the link is missing: the part after the # sign. Copy it again, up to its last character.</source>
        <translation>Das Ende des Links fehlt: der Teil nach dem #-Zeichen. Kopieren Sie ihn noch einmal, bis zum letzten Zeichen.</translation>
    </message>
    <message>
        <source>The end of the link is cut off or changed. Copy it again, up to its last character.</source>
        <translation>Das Ende des Links ist abgeschnitten oder verändert. Kopieren Sie ihn noch einmal, bis zum letzten Zeichen.</translation>
    </message>
</context>
<context>
    <name>ui::MainWindow</name>
    <message>
        <source>“%1” could not be opened.</source>
        <translation>„%1“ konnte nicht geöffnet werden.</translation>
    </message>
    <message>
        <source>Opening “%1”</source>
        <translation>„%1“ wird geöffnet</translation>
    </message>
    <message>
        <source>“%1” could not be opened</source>
        <translation>„%1“ konnte nicht geöffnet werden</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>This link leads to a snapshot, which this version cannot open. Ask for an invitation link.</source>
        <translation>Dieser Link führt zu einem Schnappschuss, den diese Version nicht öffnen kann. Bitten Sie um einen Einladungslink.</translation>
    </message>
    <message>
        <source>%1 — %2</source>
        <extracomment>Title of a window; %1 is a file, %2 a workspace</extracomment>
        <translation>%1 — %2</translation>
    </message>
    <message>
        <source>%1 [%2]</source>
        <extracomment>Title of a window; %1 is a file and workspace, %2 a computer&apos;s name</extracomment>
        <translation>%1 [%2]</translation>
    </message>
    <message numerus="yes">
        <source>%1 (shared, %n)</source>
        <extracomment>Title of a window; %1 is a file and workspace</extracomment>
        <translation>
            <numerusform>%1 (geteilt, %n)</numerusform>
            <numerusform>%1 (geteilt, %n)</numerusform>
        </translation>
    </message>
    <message>
        <source>Stop sharing and close?</source>
        <translation>Teilen beenden und schließen?</translation>
    </message>
    <message>
        <source>Nobody else is here. The link will be dead for good.</source>
        <translation>Niemand sonst ist hier. Der Link wird für immer ungültig.</translation>
    </message>
    <message numerus="yes">
        <source>%n people will be disconnected. They keep a read-only view of the last text.</source>
        <translation>
            <numerusform>%n Person wird getrennt. Sie behält den letzten Text zum Lesen.</numerusform>
            <numerusform>%n Personen werden getrennt. Sie behalten den letzten Text zum Lesen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Stop sharing and close</source>
        <translation>Teilen beenden und schließen</translation>
    </message>
    <message>
        <source>Close although not everything has arrived?</source>
        <translation>Schließen, obwohl nicht alles angekommen ist?</translation>
    </message>
    <message>
        <source>Some of what you typed is not on the host&apos;s disk yet. Wait a moment for the connection, or lose it.</source>
        <translation>Ein Teil Ihrer Eingaben ist noch nicht auf der Platte des Hosts. Warten Sie einen Moment auf die Verbindung, sonst gehen sie verloren.</translation>
    </message>
    <message>
        <source>Close and lose it</source>
        <translation>Schließen und verlieren</translation>
    </message>
    <message>
        <source>About Alongside</source>
        <translation>Über Alongside</translation>
    </message>
    <message>
        <source>Alongside %1</source>
        <translation>Alongside %1</translation>
    </message>
    <message>
        <source>Work on the same files at the same time, on your own machines.

Free software under the GNU General Public License, version 3 or later. It comes without any warranty.</source>
        <translation>Zur selben Zeit an denselben Dateien arbeiten, auf den eigenen Rechnern.

Freie Software unter der GNU General Public License, Version 3 oder neuer. Ohne jede Gewährleistung.</translation>
    </message>
    <message>
        <source>No workspace is open.</source>
        <translation>Kein Arbeitsbereich ist geöffnet.</translation>
    </message>
    <message>
        <source>No file is open.</source>
        <translation>Keine Datei ist geöffnet.</translation>
    </message>
    <message>
        <source>No text is open.</source>
        <translation>Kein Text ist geöffnet.</translation>
    </message>
    <message>
        <source>You can look but not change anything.</source>
        <translation>Sie können zusehen, aber nichts ändern.</translation>
    </message>
    <message>
        <source>This text cannot be changed.</source>
        <translation>Dieser Text kann nicht geändert werden.</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>Es gibt nichts rückgängig zu machen.</translation>
    </message>
    <message>
        <source>There is nothing to redo.</source>
        <translation>Es gibt nichts zu wiederholen.</translation>
    </message>
    <message>
        <source>Open a folder</source>
        <translation>Einen Ordner öffnen</translation>
    </message>
</context>
<context>
    <name>ui::NameEditor</name>
    <message>
        <source>New name</source>
        <translation>Neuer Name</translation>
    </message>
    <message>
        <source>Type a name.</source>
        <translation>Geben Sie einen Namen ein.</translation>
    </message>
    <message>
        <source>A name cannot contain a slash. Create the folder first.</source>
        <translation>Ein Name kann keinen Schrägstrich enthalten. Legen Sie zuerst den Ordner an.</translation>
    </message>
    <message>
        <source>This name means a folder already. Choose another one.</source>
        <translation>Dieser Name bezeichnet schon einen Ordner. Wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>This name contains a character that no file can have.</source>
        <translation>Dieser Name enthält ein Zeichen, das keine Datei haben kann.</translation>
    </message>
    <message>
        <source>This name is too long. At most 255 bytes fit.</source>
        <translation>Dieser Name ist zu lang. Höchstens 255 Bytes passen.</translation>
    </message>
</context>
<context>
    <name>ui::PersonMenu</name>
    <message>
        <source>%1, from %2</source>
        <extracomment>%1 is &quot;owner&quot;, &quot;editor&quot; or &quot;viewer&quot;, %2 a network address</extracomment>
        <translation>%1, von %2</translation>
    </message>
    <message>
        <source>Go to Their Place</source>
        <translation>Zur Stelle dieser Person</translation>
    </message>
    <message>
        <source>Can View</source>
        <translation>Darf ansehen</translation>
    </message>
    <message>
        <source>Can Edit</source>
        <translation>Darf bearbeiten</translation>
    </message>
    <message>
        <source>Show Out…</source>
        <translation>Hinausschicken…</translation>
    </message>
</context>
<context>
    <name>ui::PersonText</name>
    <message>
        <source>owner</source>
        <extracomment>What a person is in the workspace</extracomment>
        <translation>Besitzer</translation>
    </message>
    <message>
        <source>editor</source>
        <extracomment>What a person is in the workspace: may change files</extracomment>
        <translation>bearbeitet</translation>
    </message>
    <message>
        <source>viewer</source>
        <extracomment>What a person is in the workspace: may only look</extracomment>
        <translation>sieht zu</translation>
    </message>
    <message>
        <source>%1 (you)</source>
        <extracomment>%1 is a person&apos;s name, the reader&apos;s own</extracomment>
        <translation>%1 (Sie)</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <extracomment>%1 is a person&apos;s name, %2 &quot;owner&quot;, &quot;editor&quot; or &quot;viewer&quot;</extracomment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1, %2, in %3</source>
        <extracomment>%1 is a person&apos;s name, %2 &quot;owner&quot;, &quot;editor&quot; or &quot;viewer&quot;, %3 a file&apos;s name</extracomment>
        <translation>%1, %2, in %3</translation>
    </message>
    <message>
        <source>%1, not connected</source>
        <extracomment>%1 is a sentence about a person such as &quot;Ana, editor, in main.cpp&quot;</extracomment>
        <translation>%1, nicht verbunden</translation>
    </message>
    <message numerus="yes">
        <source>%1, idle %n minute(s)</source>
        <extracomment>%1 is a sentence about a person such as &quot;Ana, editor, in main.cpp&quot;</extracomment>
        <translation>
            <numerusform>%1, seit %n Minute untätig</numerusform>
            <numerusform>%1, seit %n Minuten untätig</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, typing</source>
        <extracomment>%1 is a sentence about a person such as &quot;Ana, editor, in main.cpp&quot;</extracomment>
        <translation>%1, schreibt</translation>
    </message>
    <message>
        <source>Not connected now</source>
        <translation>Gerade nicht verbunden</translation>
    </message>
    <message>
        <source>No file open</source>
        <translation>Keine Datei geöffnet</translation>
    </message>
    <message>
        <source>In %1:%2</source>
        <extracomment>%1 is a path, %2 a line number</extracomment>
        <translation>In %1:%2</translation>
    </message>
    <message>
        <source>In %1</source>
        <translation>In %1</translation>
    </message>
    <message>
        <source>Here since %1</source>
        <extracomment>%1 is a time of day</extracomment>
        <translation>Hier seit %1</translation>
    </message>
</context>
<context>
    <name>ui::Prompt</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>ui::RecentRow</name>
    <message>
        <source>Not found</source>
        <translation>Nicht gefunden</translation>
    </message>
    <message>
        <source>Open now</source>
        <translation>Jetzt offen</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <extracomment>Spoken name of a row in the list of recent folders; %1 is a folder&apos;s name, %2 its path, %3 a time or a state</extracomment>
        <translation>%1, %2, %3</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Remove from This List</source>
        <translation>Aus dieser Liste entfernen</translation>
    </message>
    <message>
        <source>What can be done with it</source>
        <translation>Was damit zu tun ist</translation>
    </message>
    <message>
        <source>Open and Share…</source>
        <translation>Öffnen und teilen …</translation>
    </message>
</context>
<context>
    <name>ui::Refusal</name>
    <message>
        <source>The session is over</source>
        <translation>Die Sitzung ist vorbei</translation>
    </message>
    <message>
        <source>What you see is the last text. You can save a copy of it.</source>
        <translation>Sie sehen den letzten Text. Sie können eine Kopie davon speichern.</translation>
    </message>
    <message>
        <source>Your last changes could not be taken</source>
        <translation>Ihre letzten Änderungen konnten nicht übernommen werden</translation>
    </message>
    <message>
        <source>The text has become larger than %1. What you typed last is not in it any more.</source>
        <translation>Der Text ist größer als %1 geworden. Was Sie zuletzt getippt haben, steht nicht mehr darin.</translation>
    </message>
    <message>
        <source>The host refused them. What you typed last is not in the text any more.</source>
        <translation>Der Host hat sie abgelehnt. Was Sie zuletzt getippt haben, steht nicht mehr im Text.</translation>
    </message>
    <message>
        <source>Copy What I Typed</source>
        <translation>Getipptes kopieren</translation>
    </message>
    <message>
        <source>You can look but not change anything</source>
        <translation>Sie können zusehen, aber nichts ändern</translation>
    </message>
    <message>
        <source>Ask the owner for edit access.</source>
        <translation>Bitten Sie den Besitzer um das Recht zum Bearbeiten.</translation>
    </message>
    <message>
        <source>The text would become too large</source>
        <translation>Der Text würde zu groß</translation>
    </message>
    <message>
        <source>A text can be up to %1. Put a part of it into another file.</source>
        <extracomment>%1 is a size, such as 50 MB</extracomment>
        <translation>Ein Text kann bis zu %1 groß sein. Bringen Sie einen Teil davon in einer anderen Datei unter.</translation>
    </message>
    <message>
        <source>This file cannot be written</source>
        <translation>Diese Datei kann nicht geschrieben werden</translation>
    </message>
    <message>
        <source>It is write-protected on the host.</source>
        <translation>Sie ist auf dem Host schreibgeschützt.</translation>
    </message>
    <message>
        <source>The host does not take your changes now</source>
        <translation>Der Host nimmt Ihre Änderungen gerade nicht an</translation>
    </message>
    <message>
        <source>%1 What you typed is kept here and sent again.</source>
        <extracomment>%1 is a sentence or two with the reason</extracomment>
        <translation>%1 Was Sie getippt haben, bleibt hier erhalten und wird noch einmal gesendet.</translation>
    </message>
    <message>
        <source>These are too many places at once</source>
        <translation>Das sind zu viele Stellen auf einmal</translation>
    </message>
    <message>
        <source>Select a part of the text and change the places in it first.</source>
        <translation>Wählen Sie einen Teil des Textes aus und ändern Sie zuerst die Stellen darin.</translation>
    </message>
</context>
<context>
    <name>ui::ShareController</name>
    <message>
        <source>Make &amp;Read-Only</source>
        <translation>Nur noch an&amp;sehen lassen</translation>
    </message>
    <message>
        <source>&amp;Allow Editing</source>
        <translation>Be&amp;arbeiten erlauben</translation>
    </message>
    <message>
        <source>Make read-only</source>
        <translation>Nur noch ansehen lassen</translation>
    </message>
    <message>
        <source>Allow editing</source>
        <translation>Bearbeiten erlauben</translation>
    </message>
    <message>
        <source>The link cannot be shown again. Stop sharing and share anew to get one.</source>
        <translation>Der Link kann nicht noch einmal gezeigt werden. Beenden Sie das Teilen und teilen Sie neu, um einen zu bekommen.</translation>
    </message>
    <message>
        <source>Invitation link copied</source>
        <translation>Einladungslink kopiert</translation>
    </message>
    <message>
        <source>The link could not be copied</source>
        <translation>Der Link konnte nicht kopiert werden</translation>
    </message>
    <message>
        <source>You are asked about each person before they come in.</source>
        <translation>Sie werden zu jeder Person gefragt, bevor sie hereinkommt.</translation>
    </message>
    <message>
        <source>Whoever has the link is in at once.</source>
        <translation>Wer den Link hat, ist sofort drin.</translation>
    </message>
    <message>
        <source>More info</source>
        <translation>Mehr dazu</translation>
    </message>
    <message>
        <source>Copy again</source>
        <translation>Erneut kopieren</translation>
    </message>
    <message>
        <source>The share could not be changed.</source>
        <translation>Die Freigabe konnte nicht geändert werden.</translation>
    </message>
    <message>
        <source>Guests can only look now</source>
        <translation>Gäste können jetzt nur ansehen</translation>
    </message>
    <message>
        <source>Guests can edit now</source>
        <translation>Gäste können jetzt bearbeiten</translation>
    </message>
    <message>
        <source>Sharing could not be stopped.</source>
        <translation>Das Teilen konnte nicht beendet werden.</translation>
    </message>
    <message>
        <source>Sharing has stopped</source>
        <translation>Das Teilen ist beendet</translation>
    </message>
    <message>
        <source>The link is dead for good.</source>
        <translation>Der Link ist für immer ungültig.</translation>
    </message>
    <message numerus="yes">
        <source>%n guest(s) were cut off. The link is dead for good.</source>
        <translation>
            <numerusform>%n Gast wurde getrennt. Der Link ist für immer ungültig.</numerusform>
            <numerusform>%n Gäste wurden getrennt. Der Link ist für immer ungültig.</numerusform>
        </translation>
    </message>
    <message>
        <source>What %1 may do could not be changed.</source>
        <extracomment>%1 is a person&apos;s name</extracomment>
        <translation>Was %1 darf, konnte nicht geändert werden.</translation>
    </message>
    <message>
        <source>%1 can edit now</source>
        <extracomment>%1 is a person&apos;s name</extracomment>
        <translation>%1 kann jetzt bearbeiten</translation>
    </message>
    <message>
        <source>%1 can only look now</source>
        <translation>%1 kann jetzt nur ansehen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Show %1 out?</source>
        <extracomment>%1 is a person&apos;s name</extracomment>
        <translation>%1 hinausschicken?</translation>
    </message>
    <message>
        <source>They are cut off at once and keep a read-only view of the last text. With the link they can ask to come in again, unless you block their address.</source>
        <translation>Die Person wird sofort getrennt und behält den letzten Text zum Lesen. Mit dem Link kann sie wieder um Einlass bitten, es sei denn, Sie sperren ihre Adresse.</translation>
    </message>
    <message>
        <source>Show out</source>
        <translation>Hinausschicken</translation>
    </message>
    <message>
        <source>Show out and block address</source>
        <translation>Hinausschicken und Adresse sperren</translation>
    </message>
    <message>
        <source>%1 could not be shown out.</source>
        <translation>%1 konnte nicht hinausgeschickt werden.</translation>
    </message>
    <message>
        <source>%1 has joined</source>
        <extracomment>%1 is a person&apos;s name</extracomment>
        <translation>%1 ist beigetreten</translation>
    </message>
    <message>
        <source>%1 was shown out</source>
        <extracomment>%1 is a person&apos;s name</extracomment>
        <translation>%1 wurde hinausgeschickt</translation>
    </message>
    <message>
        <source>%1 has left</source>
        <translation>%1 ist gegangen</translation>
    </message>
    <message>
        <source>You can edit now</source>
        <translation>Sie können jetzt bearbeiten</translation>
    </message>
    <message>
        <source>You can only look now</source>
        <translation>Sie können jetzt nur ansehen</translation>
    </message>
    <message>
        <source>The desktop did not take it. Here it is, to be copied by hand.</source>
        <translation>Die Arbeitsumgebung hat ihn nicht angenommen. Hier ist er zum Kopieren von Hand.</translation>
    </message>
    <message>
        <source>Still shared</source>
        <translation>Noch geteilt</translation>
    </message>
    <message>
        <source>Nobody else has been here for an hour.</source>
        <translation>Seit einer Stunde war niemand sonst hier.</translation>
    </message>
    <message>
        <source>Stop sharing</source>
        <translation>Teilen beenden</translation>
    </message>
</context>
<context>
    <name>ui::ShareDialog</name>
    <message>
        <source>Share “%1”</source>
        <extracomment>%1 is the workspace&apos;s name</extracomment>
        <translation>„%1“ teilen</translation>
    </message>
    <message>
        <source>Invitation link</source>
        <translation>Einladungslink</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>Link kopieren</translation>
    </message>
    <message>
        <source>Copy as</source>
        <translation>Kopieren als</translation>
    </message>
    <message>
        <source>Link That Opens Alongside</source>
        <translation>Link, der Alongside öffnet</translation>
    </message>
    <message>
        <source>Link for a Browser</source>
        <translation>Link für einen Browser</translation>
    </message>
    <message>
        <source>Can be reached at</source>
        <translation>Erreichbar unter</translation>
    </message>
    <message>
        <source>Name or address in the link</source>
        <translation>Name oder Adresse im Link</translation>
    </message>
    <message>
        <source>Name or address</source>
        <translation>Name oder Adresse</translation>
    </message>
    <message>
        <source>People with the link can</source>
        <translation>Wer den Link hat, kann</translation>
    </message>
    <message>
        <source>Ask me</source>
        <translation>Mich fragen</translation>
    </message>
    <message>
        <source>Anyone with the link</source>
        <translation>Alle mit dem Link</translation>
    </message>
    <message>
        <source>Joining</source>
        <translation>Beitritt</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>Endet</translation>
    </message>
    <message>
        <source>What can they reach?</source>
        <translation>Was können sie erreichen?</translation>
    </message>
    <message>
        <source>Stop sharing</source>
        <translation>Teilen beenden</translation>
    </message>
    <message>
        <source>Create link</source>
        <translation>Link erstellen</translation>
    </message>
    <message>
        <source>The link cannot be shown again. Stop sharing and share anew to get one.</source>
        <translation>Der Link kann nicht noch einmal gezeigt werden. Beenden Sie das Teilen und teilen Sie neu, um einen zu bekommen.</translation>
    </message>
    <message>
        <source>The network addresses of this computer could not be listed.</source>
        <translation>Die Netzwerkadressen dieses Computers konnten nicht ermittelt werden.</translation>
    </message>
    <message>
        <source>Another name or address…</source>
        <translation>Anderer Name oder andere Adresse…</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Nobody else is here yet.</source>
        <translation>Noch niemand sonst ist hier.</translation>
    </message>
    <message numerus="yes">
        <source>%n guest(s) are here.</source>
        <translation>
            <numerusform>%n Gast ist hier.</numerusform>
            <numerusform>%n Gäste sind hier.</numerusform>
        </translation>
    </message>
    <message>
        <source>Not shared. Nobody else can see this workspace.</source>
        <translation>Nicht geteilt. Niemand sonst kann diesen Arbeitsbereich sehen.</translation>
    </message>
    <message>
        <source>When I stop it</source>
        <translation>Wenn ich es beende</translation>
    </message>
    <message>
        <source>In 1 hour</source>
        <translation>In 1 Stunde</translation>
    </message>
    <message>
        <source>In 8 hours</source>
        <translation>In 8 Stunden</translation>
    </message>
    <message>
        <source>At %1</source>
        <extracomment>%1 is a time of day</extracomment>
        <translation>Um %1</translation>
    </message>
    <message>
        <source>The link names what you type; it has to lead to this computer.</source>
        <translation>Der Link nennt, was Sie eingeben; es muss zu diesem Computer führen.</translation>
    </message>
    <message>
        <source>The link names what you type. The host then listens on all networks of this computer.</source>
        <translation>Der Link nennt, was Sie eingeben. Der Host ist dann in allen Netzwerken dieses Computers erreichbar.</translation>
    </message>
    <message>
        <source>Only people who use this computer, or who come through a tunnel to it, can open the link.</source>
        <translation>Nur wer diesen Computer benutzt oder durch einen Tunnel zu ihm kommt, kann den Link öffnen.</translation>
    </message>
    <message>
        <source>People who reach this address over the network can open the link.</source>
        <translation>Wer diese Adresse im Netzwerk erreicht, kann den Link öffnen.</translation>
    </message>
    <message>
        <source>The workspace could not be shared.</source>
        <translation>Der Arbeitsbereich konnte nicht geteilt werden.</translation>
    </message>
    <message>
        <source>The share could not be changed.</source>
        <translation>Die Freigabe konnte nicht geändert werden.</translation>
    </message>
</context>
<context>
    <name>ui::SharePill</name>
    <message>
        <source>Shared · %1</source>
        <extracomment>On the pill at the top; %1 is &quot;View&quot; or &quot;Edit&quot;</extracomment>
        <translation>Geteilt · %1</translation>
    </message>
    <message>
        <source>This workspace is shared. %1</source>
        <translation>Dieser Arbeitsbereich ist geteilt. %1</translation>
    </message>
    <message>
        <source>Private</source>
        <translation>Privat</translation>
    </message>
    <message>
        <source>Nobody else can see this workspace. Press to share it.</source>
        <translation>Niemand sonst kann diesen Arbeitsbereich sehen. Drücken Sie, um ihn zu teilen.</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>This session is over. What you see is the last text.</source>
        <translation>Diese Sitzung ist vorbei. Sie sehen den letzten Text.</translation>
    </message>
    <message>
        <source>%1&apos;s · %2</source>
        <extracomment>On the pill at the top, for a guest; %1 is the owner&apos;s name, %2 &quot;View&quot; or &quot;Edit&quot;</extracomment>
        <translation>Von %1 · %2</translation>
    </message>
    <message>
        <source>You are a guest of %1.</source>
        <translation>Sie sind Gast bei %1.</translation>
    </message>
    <message>
        <source>Guest · %1</source>
        <extracomment>On the pill at the top, for a guest; %1 is &quot;View&quot; or &quot;Edit&quot;</extracomment>
        <translation>Gast · %1</translation>
    </message>
    <message>
        <source>You are a guest in this workspace.</source>
        <translation>Sie sind Gast in diesem Arbeitsbereich.</translation>
    </message>
</context>
<context>
    <name>ui::ShareText</name>
    <message>
        <source>Edit</source>
        <extracomment>What people with the link can do: change files, or only look at them</extracomment>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>They can read and change every file in this folder, and create, rename and delete files.</source>
        <translation>Sie können jede Datei in diesem Ordner lesen und ändern sowie Dateien anlegen, umbenennen und löschen.</translation>
    </message>
    <message>
        <source>They can read every file in this folder and follow along, but change nothing.</source>
        <translation>Sie können jede Datei in diesem Ordner lesen und zusehen, aber nichts ändern.</translation>
    </message>
    <message>
        <source>You are asked about each person before they come in.</source>
        <translation>Sie werden zu jeder Person gefragt, bevor sie hereinkommt.</translation>
    </message>
    <message>
        <source>Whoever has the link is in at once, also people it was passed on to.</source>
        <translation>Wer den Link hat, ist sofort drin, auch wer ihn weitergereicht bekam.</translation>
    </message>
    <message>
        <source>Guests see everything in this folder, also passwords and keys in files, and what they write is run by you: by your builds, your editor and git in your name. Share only with people you trust, and stop sharing when you are done.</source>
        <translation>Gäste sehen alles in diesem Ordner, auch Passwörter und Schlüssel in Dateien, und was sie schreiben, führen Sie aus: durch Ihre Builds, Ihren Editor und git in Ihrem Namen. Teilen Sie nur mit Menschen, denen Sie vertrauen, und beenden Sie das Teilen, wenn Sie fertig sind.</translation>
    </message>
    <message>
        <source>Guests see everything in this folder, also passwords and keys in files. Share only with people you trust, and stop sharing when you are done.</source>
        <translation>Gäste sehen alles in diesem Ordner, auch Passwörter und Schlüssel in Dateien. Teilen Sie nur mit Menschen, denen Sie vertrauen, und beenden Sie das Teilen, wenn Sie fertig sind.</translation>
    </message>
    <message>
        <source>Shared until you stop it.</source>
        <translation>Geteilt, bis Sie es beenden.</translation>
    </message>
    <message>
        <source>Shared until %1.</source>
        <extracomment>%1 is a time of day</extracomment>
        <translation>Geteilt bis %1.</translation>
    </message>
    <message>
        <source>This computer only</source>
        <translation>Nur dieser Computer</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <extracomment>%1 is a network address, %2 the name of a network interface</extracomment>
        <translation>%1 (%2)</translation>
    </message>
</context>
<context>
    <name>ui::StartOptions</name>
    <message>
        <source>Opens a folder, or joins a shared workspace by its link.</source>
        <translation>Öffnet einen Ordner oder tritt einem geteilten Arbeitsbereich über dessen Link bei.</translation>
    </message>
    <message>
        <source>Show this text and exit.</source>
        <translation>Diesen Text zeigen und beenden.</translation>
    </message>
    <message>
        <source>Show the version and exit.</source>
        <translation>Die Version zeigen und beenden.</translation>
    </message>
    <message>
        <source>Start a program of its own instead of a window in the running one.</source>
        <translation>Ein eigenes Programm starten statt eines Fensters im laufenden.</translation>
    </message>
    <message>
        <source>Keep settings and state in FOLDER.</source>
        <translation>Einstellungen und Zustand in ORDNER aufbewahren.</translation>
    </message>
    <message>
        <source>FOLDER</source>
        <translation>ORDNER</translation>
    </message>
    <message>
        <source>Open a temporary workspace in NUMBER windows, side by side, as that many people.</source>
        <translation>Einen vorübergehenden Arbeitsbereich in ANZAHL Fenstern nebeneinander öffnen, als ebenso viele Personen.</translation>
    </message>
    <message>
        <source>NUMBER</source>
        <translation>ANZAHL</translation>
    </message>
    <message>
        <source>A folder, or an invitation link.</source>
        <translation>Ein Ordner oder ein Einladungslink.</translation>
    </message>
    <message>
        <source>[FOLDER|LINK]</source>
        <translation>[ORDNER|LINK]</translation>
    </message>
</context>
<context>
    <name>ui::StartPage</name>
    <message>
        <source>Work on the same files at the same time.</source>
        <translation>Zur selben Zeit an denselben Dateien arbeiten.</translation>
    </message>
    <message>
        <source>You can drop a folder or paste a link anywhere in this window.</source>
        <translation>Sie können einen Ordner oder einen Link überall in diesem Fenster ablegen oder einfügen.</translation>
    </message>
    <message>
        <source>Open a folder</source>
        <translation>Einen Ordner öffnen</translation>
    </message>
    <message>
        <source>Work on it alone, and share it whenever you like.</source>
        <translation>Arbeiten Sie allein daran und teilen Sie ihn, wann immer Sie möchten.</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>Ordner öffnen…</translation>
    </message>
    <message>
        <source>Join with a link</source>
        <translation>Mit einem Link beitreten</translation>
    </message>
    <message>
        <source>Somebody has sent you an invitation. You see what it opens before you join.</source>
        <translation>Jemand hat Ihnen eine Einladung geschickt. Sie sehen, was sie öffnet, bevor Sie beitreten.</translation>
    </message>
    <message>
        <source>Invitation link</source>
        <translation>Einladungslink</translation>
    </message>
    <message>
        <source>Paste the link here</source>
        <translation>Link hier einfügen</translation>
    </message>
    <message>
        <source>Look at it</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>How it works</source>
        <translation>So geht es</translation>
    </message>
    <message>
        <source>Open a folder. Your files stay where they are; nothing is uploaded.</source>
        <translation>Öffnen Sie einen Ordner. Ihre Dateien bleiben, wo sie sind; nichts wird hochgeladen.</translation>
    </message>
    <message>
        <source>Share it. You get a link, and everyone who comes in stands at the top right.</source>
        <translation>Teilen Sie ihn. Sie bekommen einen Link, und wer hereinkommt, steht oben rechts.</translation>
    </message>
    <message>
        <source>Stop whenever you like. The link is dead at once, for everybody.</source>
        <translation>Beenden Sie es, wann Sie möchten. Der Link ist sofort ungültig, für alle.</translation>
    </message>
</context>
<context>
    <name>ui::TabButton</name>
    <message>
        <source>%1, not saved</source>
        <extracomment>Spoken name of a tab; %1 is a file&apos;s name</extracomment>
        <translation>%1, nicht gespeichert</translation>
    </message>
    <message>
        <source>%1, open by %2</source>
        <extracomment>Spoken name of a tab; %1 is a file&apos;s name, %2 a list of people</extracomment>
        <translation>%1, geöffnet von %2</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Keep Open</source>
        <translation>Geöffnet lassen</translation>
    </message>
</context>
<context>
    <name>ui::TabStrip</name>
    <message>
        <source>All open files</source>
        <translation>Alle geöffneten Dateien</translation>
    </message>
    <message>
        <source>Open files</source>
        <translation>Geöffnete Dateien</translation>
    </message>
</context>
<context>
    <name>ui::Toast</name>
    <message>
        <source>Close this notice</source>
        <translation>Diese Meldung schließen</translation>
    </message>
</context>
<context>
    <name>ui::WorkspaceBanners</name>
    <message>
        <source>Save a copy…</source>
        <translation>Kopie speichern…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>The session is over.</source>
        <translation>Die Sitzung ist vorbei.</translation>
    </message>
    <message>
        <source>You have left. Your copy is read-only.</source>
        <translation>Sie haben den Arbeitsbereich verlassen. Ihre Kopie ist schreibgeschützt.</translation>
    </message>
    <message>
        <source>The owner</source>
        <translation>Der Besitzer</translation>
    </message>
    <message>
        <source>%1 stopped sharing at %2. Your copy is read-only.</source>
        <extracomment>%1 is a person&apos;s name, %2 a time of day</extracomment>
        <translation>%1 hat das Teilen um %2 beendet. Ihre Kopie ist schreibgeschützt.</translation>
    </message>
    <message>
        <source>%1 showed you out at %2. Your copy is read-only.</source>
        <extracomment>%1 is a person&apos;s name, %2 a time of day</extracomment>
        <translation>%1 hat Sie um %2 hinausgeschickt. Ihre Kopie ist schreibgeschützt.</translation>
    </message>
    <message>
        <source>The share ended at %1, as was set. Your copy is read-only.</source>
        <extracomment>%1 is a time of day</extracomment>
        <translation>Das Teilen endete um %1, wie festgelegt. Ihre Kopie ist schreibgeschützt.</translation>
    </message>
    <message>
        <source>The host was stopped at %1. Your copy is read-only.</source>
        <extracomment>%1 is a time of day</extracomment>
        <translation>Der Host wurde um %1 beendet. Ihre Kopie ist schreibgeschützt.</translation>
    </message>
    <message>
        <source>The folder is not there any more. Your copy is read-only.</source>
        <translation>Der Ordner ist nicht mehr da. Ihre Kopie ist schreibgeschützt.</translation>
    </message>
    <message>
        <source>The host on this computer has stopped and is being started again. You can go on typing.</source>
        <translation>Der Host auf diesem Computer ist stehen geblieben und wird neu gestartet. Sie können weiterschreiben.</translation>
    </message>
    <message numerus="yes">
        <source>The connection is lost. You can go on typing; trying again in %n s.</source>
        <translation>
            <numerusform>Die Verbindung ist unterbrochen. Sie können weiterschreiben; nächster Versuch in %n s.</numerusform>
            <numerusform>Die Verbindung ist unterbrochen. Sie können weiterschreiben; nächster Versuch in %n s.</numerusform>
        </translation>
    </message>
    <message>
        <source>The connection is lost. You can go on typing; trying again now.</source>
        <translation>Die Verbindung ist unterbrochen. Sie können weiterschreiben; es wird gerade neu versucht.</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Jetzt versuchen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>“%1” is not saved.</source>
        <translation>„%1“ ist nicht gespeichert.</translation>
    </message>
    <message>
        <source>“%1” was deleted on disk. Its text is still here.</source>
        <extracomment>%1 is a file&apos;s name</extracomment>
        <translation>„%1“ wurde auf der Platte gelöscht. Der Text ist noch hier.</translation>
    </message>
    <message>
        <source>Save it again</source>
        <translation>Wieder speichern</translation>
    </message>
    <message>
        <source>Close it</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>“%1” is write-protected on the host.</source>
        <extracomment>%1 is a file&apos;s name</extracomment>
        <translation>„%1“ ist auf dem Host schreibgeschützt.</translation>
    </message>
    <message>
        <source>This folder cannot be written. You can read and share it.</source>
        <translation>In diesen Ordner kann nicht geschrieben werden. Sie können ihn lesen und teilen.</translation>
    </message>
    <message>
        <source>You can look but not change anything. The owner can allow you to edit.</source>
        <translation>Sie können zusehen, aber nichts ändern. Der Besitzer kann Ihnen das Bearbeiten erlauben.</translation>
    </message>
    <message>
        <source>The host on this computer keeps stopping. Your texts are kept here; save a copy and open the folder again.</source>
        <translation>Der Host auf diesem Computer beendet sich immer wieder. Ihre Texte sind hier noch da; speichern Sie eine Kopie und öffnen Sie den Ordner erneut.</translation>
    </message>
</context>
<context>
    <name>ui::WorkspaceView</name>
    <message>
        <source>The answer to %1 did not arrive</source>
        <extracomment>%1 is a person&apos;s name</extracomment>
        <translation>Die Antwort an %1 kam nicht an</translation>
    </message>
    <message>
        <source>By the File&apos;s Name</source>
        <translation>Nach dem Dateinamen</translation>
    </message>
    <message>
        <source>Tabs, %1 Wide</source>
        <translation>Tabulatoren, %1 breit</translation>
    </message>
    <message>
        <source>%1 Spaces</source>
        <translation>%1 Leerzeichen</translation>
    </message>
    <message>
        <source>“%1” could not be brought back</source>
        <extracomment>%1 is a file&apos;s name</extracomment>
        <translation>„%1“ konnte nicht zurückgeholt werden</translation>
    </message>
    <message>
        <source>“%1” is in the bin</source>
        <extracomment>%1 is a file&apos;s name</extracomment>
        <translation>„%1“ ist im Papierkorb</translation>
    </message>
    <message>
        <source>It stays there for seven days.</source>
        <translation>Dort bleibt es sieben Tage.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>“%1” could not be saved</source>
        <translation>„%1“ konnte nicht gespeichert werden</translation>
    </message>
    <message>
        <source>Save a copy of the open texts in</source>
        <translation>Kopie der geöffneten Texte speichern in</translation>
    </message>
    <message numerus="yes">
        <source>%n text(s) saved</source>
        <translation>
            <numerusform>%n Text gespeichert</numerusform>
            <numerusform>%n Texte gespeichert</numerusform>
        </translation>
    </message>
    <message>
        <source>They are in %1.</source>
        <translation>Ablageort: %1.</translation>
    </message>
    <message>
        <source>The copy could not be saved</source>
        <translation>Die Kopie konnte nicht gespeichert werden</translation>
    </message>
</context>
</TS>
