<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ui::AvatarStrip</name>
    <message numerus="yes">
        <source>%n more people</source>
        <translation>
            <numerusform>%n more person</numerusform>
            <numerusform>%n more people</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::DocumentStatus</name>
    <message numerus="yes">
        <source>%n carets</source>
        <extracomment>how many places one types at</extracomment>
        <translation>
            <numerusform>%n caret</numerusform>
            <numerusform>%n carets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n carets; the one that others see is at line %1, column %2. Press to go to another line.</source>
        <translation>
            <numerusform>%n caret at line %1, column %2. Press to go to another line.</numerusform>
            <numerusform>%n carets; the one that others see is at line %1, column %2. Press to go to another line.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::FindBar</name>
    <message numerus="yes">
        <source>%Ln replaced</source>
        <translation>
            <numerusform>%Ln replaced</numerusform>
            <numerusform>%Ln replaced</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::JoinCard</name>
    <message numerus="yes">
        <source>%n people are there now.</source>
        <translation>
            <numerusform>%n person is there now.</numerusform>
            <numerusform>%n people are there now.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::MainWindow</name>
    <message numerus="yes">
        <source>%1 (shared, %n)</source>
        <extracomment>Title of a window; %1 is a file and workspace</extracomment>
        <translation>
            <numerusform>%1 (shared, %n)</numerusform>
            <numerusform>%1 (shared, %n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people will be disconnected. They keep a read-only view of the last text.</source>
        <translation>
            <numerusform>%n person will be disconnected and keeps a read-only view of the last text.</numerusform>
            <numerusform>%n people will be disconnected. They keep a read-only view of the last text.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::PersonText</name>
    <message numerus="yes">
        <source>%1, idle %n minute(s)</source>
        <extracomment>%1 is a sentence about a person such as &quot;Ana, editor, in main.cpp&quot;</extracomment>
        <translation>
            <numerusform>%1, idle for %n minute</numerusform>
            <numerusform>%1, idle for %n minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ShareController</name>
    <message numerus="yes">
        <source>%n guest(s) were cut off. The link is dead for good.</source>
        <translation>
            <numerusform>%n guest was cut off. The link is dead for good.</numerusform>
            <numerusform>%n guests were cut off. The link is dead for good.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ShareDialog</name>
    <message numerus="yes">
        <source>%n guest(s) are here.</source>
        <translation>
            <numerusform>%n guest is here.</numerusform>
            <numerusform>%n guests are here.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::WorkspaceBanners</name>
    <message numerus="yes">
        <source>The connection is lost. You can go on typing; trying again in %n s.</source>
        <translation>
            <numerusform>The connection is lost. You can go on typing; trying again in %n s.</numerusform>
            <numerusform>The connection is lost. You can go on typing; trying again in %n s.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::WorkspaceView</name>
    <message numerus="yes">
        <source>%n text(s) saved</source>
        <translation>
            <numerusform>%n text saved</numerusform>
            <numerusform>%n texts saved</numerusform>
        </translation>
    </message>
</context>
</TS>
