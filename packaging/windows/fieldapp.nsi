; The Windows installer: for one person, without an administrator, in Thai or English; a newer one goes over an older one; what the person
; recorded (encrypted, in %LOCALAPPDATA%\fieldapp) stays at an uninstall unless they ask for it to go.
;   makensis -DVERSION=0.1.0 -DBUNDLE=dist\fieldapp -DOUT=dist\fieldapp-setup.exe packaging\windows\fieldapp.nsi
Unicode true
SetCompressor /SOLID lzma
!include MUI2.nsh
!include LogicLib.nsh

!ifndef VERSION
  !error "say which version: -DVERSION=..."
!endif
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\fieldapp"
!define DATA "$LOCALAPPDATA\fieldapp"

Name "$(PROGRAM)"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\fieldapp"
InstallDirRegKey HKCU "Software\fieldapp" "folder"
RequestExecutionLevel user
ShowInstDetails nevershow
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=0 "ProductName" "fieldapp"
VIAddVersionKey /LANG=0 "FileDescription" "fieldapp setup"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "LegalCopyright" "Apache-2.0"

!define MUI_FINISHPAGE_RUN "$INSTDIR\fieldapp.exe"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Thai"
!insertmacro MUI_LANGUAGE "English"

LangString PROGRAM ${LANG_THAI} "พาน้องกลับมาเรียน"
LangString PROGRAM ${LANG_ENGLISH} "Bring children back to school"
LangString CONNECTION ${LANG_THAI} "ไฟล์เชื่อมต่อของพาน้องกลับมาเรียน"
LangString CONNECTION ${LANG_ENGLISH} "fieldapp connection file"
LangString RUNNING ${LANG_THAI} "โปรแกรมยังเปิดอยู่ กรุณาปิดโปรแกรม แล้วกด ลองใหม่$\r$\nข้อมูลที่บันทึกไว้ไม่หาย"
LangString RUNNING ${LANG_ENGLISH} "The program is still open. Please close it, then press Retry.$\r$\nNothing that was recorded is lost."
LangString FORGET ${LANG_THAI} "ลบข้อมูลที่บันทึกไว้ในเครื่องนี้ด้วยหรือไม่$\r$\nรายการที่ยังไม่ได้ส่งให้เขตจะหายไปถาวร$\r$\nถ้าไม่แน่ใจ ให้ตอบ ไม่ใช่"
LangString FORGET ${LANG_ENGLISH} "Remove what was recorded on this computer as well?$\r$\nWhat was not yet sent to the district is lost for ever.$\r$\nIf you are not sure, answer No."

; A program that runs has its own file open: nothing may be put over it.
!macro waitUntilClosed un
Function ${un}waitUntilClosed
  again:
  IfFileExists "$INSTDIR\fieldapp.exe" 0 closed
  ClearErrors
  FileOpen $0 "$INSTDIR\fieldapp.exe" a
  ${If} ${Errors}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDCANCEL IDRETRY again
    Abort
  ${EndIf}
  FileClose $0
  closed:
FunctionEnd
!macroend
!insertmacro waitUntilClosed ""
!insertmacro waitUntilClosed "un."

Function .onInit
  !insertmacro MUI_LANGDLL_DISPLAY
FunctionEnd

Section
  Call waitUntilClosed
  ; Libraries of an older version must not lie between those of the new one.
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${BUNDLE}/*"
  CreateShortcut "$SMPROGRAMS\$(PROGRAM).lnk" "$INSTDIR\fieldapp.exe"
  CreateShortcut "$DESKTOP\$(PROGRAM).lnk" "$INSTDIR\fieldapp.exe"
  ; The office's connection file opens the first sign-in.
  WriteRegStr HKCU "Software\Classes\.fieldapp" "" "fieldapp.connection"
  WriteRegStr HKCU "Software\Classes\fieldapp.connection" "" "$(CONNECTION)"
  WriteRegStr HKCU "Software\Classes\fieldapp.connection\DefaultIcon" "" "$INSTDIR\fieldapp.exe"
  WriteRegStr HKCU "Software\Classes\fieldapp.connection\shell\open\command" "" '"$INSTDIR\fieldapp.exe" open "%1"'
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, i 0, i 0)'
  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr HKCU "Software\fieldapp" "folder" "$INSTDIR"
  WriteRegStr HKCU "Software\fieldapp" "name" "$(PROGRAM)"
  WriteRegStr HKCU "${KEY}" "DisplayName" "$(PROGRAM)"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\fieldapp.exe"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
SectionEnd

Section "un."
  Call un.waitUntilClosed
  ; The shortcuts have the name of the language in which it was installed.
  ReadRegStr $1 HKCU "Software\fieldapp" "name"
  Delete "$SMPROGRAMS\$1.lnk"
  Delete "$DESKTOP\$1.lnk"
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\fieldapp.exe"
  Delete "$INSTDIR\fieldapp-cli.exe"
  Delete "$INSTDIR\licences.txt"
  Delete "$INSTDIR\sbom.cdx.json"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegKey HKCU "Software\Classes\.fieldapp"
  DeleteRegKey HKCU "Software\Classes\fieldapp.connection"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, i 0, i 0)'
  DeleteRegKey HKCU "${KEY}"
  DeleteRegKey HKCU "Software\fieldapp"
  ; Without a person who answers, the data stay.
  MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(FORGET)" /SD IDNO IDNO done
  RMDir /r "${DATA}"
  done:
SectionEnd
