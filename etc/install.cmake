# What `cmake --install` puts where. systemd looks in lib/ of /usr and of /usr/local alike; the configuration is in
# /etc in either case, and one that is there is never overwritten.
install(TARGETS cpr-auditd RUNTIME DESTINATION ${CMAKE_INSTALL_SBINDIR})
install(TARGETS cpr-audit RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})

install(FILES ${CMAKE_SOURCE_DIR}/systemd/cpr-auditd.sysusers DESTINATION lib/sysusers.d RENAME cpr-auditd.conf)
install(FILES ${CMAKE_SOURCE_DIR}/systemd/cpr-auditd.tmpfiles DESTINATION lib/tmpfiles.d RENAME cpr-auditd.conf)

install(FILES ${CMAKE_SOURCE_DIR}/etc/cpr-auditd.conf DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)
install(CODE "
  set(source \"${CMAKE_SOURCE_DIR}\")
  set(build \"${CMAKE_BINARY_DIR}\")
  set(programs \"\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_SBINDIR}\")")
install(CODE [[
  file(READ "${source}/systemd/cpr-auditd.service" unit)
  string(REPLACE "/usr/sbin/cpr-auditd" "${programs}/cpr-auditd" unit "${unit}")
  file(WRITE "${build}/cpr-auditd.service" "${unit}")
  file(INSTALL "${build}/cpr-auditd.service" DESTINATION "${CMAKE_INSTALL_PREFIX}/lib/systemd/system")
  if(EXISTS "$ENV{DESTDIR}/etc/cpr-auditd/cpr-auditd.conf")
    message(STATUS "Kept: $ENV{DESTDIR}/etc/cpr-auditd/cpr-auditd.conf")
  else()
    file(INSTALL "${source}/etc/cpr-auditd.conf" DESTINATION /etc/cpr-auditd
         PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ)
  endif()
]])

install(FILES ${CMAKE_SOURCE_DIR}/etc/cpr-auditd.8 DESTINATION ${CMAKE_INSTALL_MANDIR}/man8)
install(FILES ${CMAKE_SOURCE_DIR}/etc/cpr-audit.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${CMAKE_SOURCE_DIR}/etc/cpr-auditd.conf.5 DESTINATION ${CMAKE_INSTALL_MANDIR}/man5)
