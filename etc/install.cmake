# What `cmake --install` puts where. systemd looks in lib/ of /usr and of /usr/local alike; the configuration is in /etc in
# either case, and one that is there is never overwritten.
install(TARGETS cpr-auditd RUNTIME DESTINATION ${CMAKE_INSTALL_SBINDIR})
install(TARGETS cpr-audit RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})

file(READ ${CMAKE_SOURCE_DIR}/systemd/cpr-auditd.service unit)
string(REPLACE "/usr/sbin/cpr-auditd" "${CMAKE_INSTALL_FULL_SBINDIR}/cpr-auditd" unit "${unit}")
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/cpr-auditd.service CONTENT "${unit}" @ONLY)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/systemd/cpr-auditd.service)
install(FILES ${CMAKE_BINARY_DIR}/cpr-auditd.service DESTINATION lib/systemd/system)
install(FILES ${CMAKE_SOURCE_DIR}/systemd/cpr-auditd.sysusers DESTINATION lib/sysusers.d RENAME cpr-auditd.conf)
install(FILES ${CMAKE_SOURCE_DIR}/systemd/cpr-auditd.tmpfiles DESTINATION lib/tmpfiles.d RENAME cpr-auditd.conf)

install(FILES ${CMAKE_SOURCE_DIR}/etc/cpr-auditd.conf DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)
install(CODE "set(example \"${CMAKE_SOURCE_DIR}/etc/cpr-auditd.conf\")")
install(CODE [[
  set(configuration "$ENV{DESTDIR}/etc/cpr-auditd/cpr-auditd.conf")
  if(EXISTS "${configuration}")
    message(STATUS "Kept: ${configuration}")
  else()
    message(STATUS "Installing: ${configuration}")
    file(MAKE_DIRECTORY "$ENV{DESTDIR}/etc/cpr-auditd")
    file(COPY_FILE "${example}" "${configuration}")
    file(CHMOD "${configuration}" PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ)
  endif()
]])

install(FILES ${CMAKE_SOURCE_DIR}/etc/cpr-auditd.8 DESTINATION ${CMAKE_INSTALL_MANDIR}/man8)
install(FILES ${CMAKE_SOURCE_DIR}/etc/cpr-audit.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${CMAKE_SOURCE_DIR}/etc/cpr-auditd.conf.5 DESTINATION ${CMAKE_INSTALL_MANDIR}/man5)
