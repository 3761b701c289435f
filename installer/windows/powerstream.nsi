; The installer for Windows: for the user who runs it, without an administrator. makensis runs it on any system:
;   makensis -DVERSION=0.1.0 -DPROGRAM=build/package/dist/powerstream -DICON=build/package/icons/powerstream.ico -DPAPERS=build/package/papers -DOUT=PowerStream-0.1.0-setup.exe installer/windows/powerstream.nsi
; With -DSIGN="signtool sign … " both the installer and the uninstaller are signed by that command; the file's name is put behind it.

Unicode true
!ifndef VERSION | PROGRAM | ICON | PAPERS | OUT
  !error "VERSION, PROGRAM, ICON, PAPERS and OUT have to be given."
!endif
!define NAME "PowerStream"
!define WINDOW "PowerStream Desktop.exe"
!define COMMAND "powerstream.exe"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\io.github.powerstream.Desktop"

!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "x64.nsh"

Name "${NAME} ${VERSION}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
RequestExecutionLevel user
SetCompressor /SOLID lzma
ManifestDPIAware true
BrandingText " "

VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "${NAME} Setup"
VIAddVersionKey "LegalCopyright" "The PowerStream developers; GPL-3.0-or-later"

!ifdef SIGN
  !finalize '${SIGN} "%1"'
  !uninstfinalize '${SIGN} "%1"'
!endif

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${WINDOW}"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"

LangString RUNNING ${LANG_ENGLISH} "PowerStream is running, and may be live. End the broadcast, close the window, wait ten seconds, and try again."
LangString RUNNING ${LANG_GERMAN} "PowerStream läuft und ist vielleicht auf Sendung. Beende die Sendung, schließe das Fenster, warte zehn Sekunden und versuche es noch einmal."
LangString TOO_OLD ${LANG_ENGLISH} "PowerStream needs Windows 10 or newer, with 64 bits."
LangString TOO_OLD ${LANG_GERMAN} "PowerStream braucht Windows 10 oder neuer, mit 64 Bit."
LangString TAKEN ${LANG_ENGLISH} "This folder holds something else. Choose an empty one."
LangString TAKEN ${LANG_GERMAN} "In diesem Ordner liegt etwas anderes. Wähle einen leeren."

; A program that runs cannot be opened for writing: its files must not be exchanged under a broadcast.
!macro REFUSE_WHILE_RUNNING FILE
  ${If} ${FileExists} "$INSTDIR\${FILE}"
    ClearErrors
    FileOpen $0 "$INSTDIR\${FILE}" a
    ${If} ${Errors}
      MessageBox MB_OK|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDOK
      SetErrorLevel 2
      Abort "$(RUNNING)"
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

; Only what the installer has brought: the user's settings, library and recordings lie elsewhere.
!macro REMOVE_PROGRAM
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\licences"
  Delete "$INSTDIR\${WINDOW}"
  Delete "$INSTDIR\${COMMAND}"
!macroend

Function .onInit
  ${IfNot} ${RunningX64}
    MessageBox MB_OK|MB_ICONSTOP "$(TOO_OLD)" /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
FunctionEnd

Section "-Program"
  !insertmacro REFUSE_WHILE_RUNNING "${WINDOW}"
  !insertmacro REFUSE_WHILE_RUNNING "${COMMAND}"
  ${If} ${FileExists} "$INSTDIR\*.*"
  ${AndIfNot} ${FileExists} "$INSTDIR\uninstall.exe"
    ${DirState} "$INSTDIR" $0
    ${If} $0 == 1
      MessageBox MB_OK|MB_ICONEXCLAMATION "$(TAKEN)" /SD IDOK
      SetErrorLevel 2
      Abort "$(TAKEN)"
    ${EndIf}
  ${EndIf}
  !insertmacro REMOVE_PROGRAM
  SetOutPath "$INSTDIR"
  File /r "${PROGRAM}/*"
  SetOutPath "$INSTDIR\licences"
  File /r "${PAPERS}/*"
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${WINDOW}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${WINDOW}"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The PowerStream developers"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $0
SectionEnd

Section "Uninstall"
  !insertmacro REFUSE_WHILE_RUNNING "${WINDOW}"
  !insertmacro REFUSE_WHILE_RUNNING "${COMMAND}"
  !insertmacro REMOVE_PROGRAM
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegKey HKCU "${UNINSTALL}"
SectionEnd
