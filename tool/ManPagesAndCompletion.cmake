# What connsan says of itself, for man and for shells.
set(SHARE ${CMAKE_BINARY_DIR}/share)
add_custom_command(OUTPUT ${SHARE}/made
  COMMAND ${CMAKE_COMMAND} -E rm -rf ${SHARE}
  COMMAND ${CMAKE_COMMAND} -E make_directory ${SHARE}/man ${SHARE}/bash ${SHARE}/zsh ${SHARE}/fish
  COMMAND connsan help --man-pages=${SHARE}/man
  COMMAND connsan completion bash > ${SHARE}/bash/connsan
  COMMAND connsan completion zsh > ${SHARE}/zsh/_connsan
  COMMAND connsan completion fish > ${SHARE}/fish/connsan.fish
  COMMAND ${CMAKE_COMMAND} -E touch ${SHARE}/made
  DEPENDS connsan COMMENT "Writing manual pages and completions" VERBATIM)
add_custom_target(connsan-share ALL DEPENDS ${SHARE}/made)

install(DIRECTORY ${SHARE}/man/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT runtime)
install(DIRECTORY ${SHARE}/bash/ DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT runtime)
install(DIRECTORY ${SHARE}/fish/ DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT runtime)
# Debian's zsh looks elsewhere for what packages bring than for what was installed by hand.
install(CODE "
  set(DIRECTORY site-functions)
  if(CMAKE_INSTALL_PREFIX MATCHES \"/usr$\")
    set(DIRECTORY vendor-completions)
  endif()
  file(INSTALL \"${SHARE}/zsh/_connsan\" DESTINATION \"\${CMAKE_INSTALL_PREFIX}/share/zsh/\${DIRECTORY}\")"
  COMPONENT runtime)
