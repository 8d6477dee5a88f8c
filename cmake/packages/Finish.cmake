# Run by cpack when the files of the packages are together: compresses what Debian has compressed, and adds what stands
# in the directory of each package's documentation.
foreach(COMPONENT IN LISTS CPACK_COMPONENTS_ALL)
  set(USR ${CPACK_TEMPORARY_DIRECTORY}/${COMPONENT}/usr)
  set(PACKAGE connsan-${COMPONENT})
  set(DOCUMENTATION ${USR}/share/doc/${PACKAGE})
  string(TIMESTAMP DATE "%a, %d %b %Y %H:%M:%S +0000" UTC)
  file(WRITE ${DOCUMENTATION}/changelog
"connsan (${CPACK_PACKAGE_VERSION}) unstable; urgency=medium

  * This version.

 -- ${CPACK_DEBIAN_PACKAGE_MAINTAINER}  ${DATE}
")
  file(GLOB PAGES ${USR}/share/man/man1/*.1)
  execute_process(COMMAND gzip -9nf ${PAGES} ${DOCUMENTATION}/changelog COMMAND_ERROR_IS_FATAL ANY)
  file(MAKE_DIRECTORY ${USR}/share/lintian/overrides)
  file(COPY_FILE ${CMAKE_CURRENT_LIST_DIR}/${COMPONENT}.lintian-overrides ${USR}/share/lintian/overrides/${PACKAGE})

  # What is linked in, with the terms under which its own package has it (libbacktrace's has gcc-12-base). Those of Boost
  # ask for nothing where only the binary is passed on.
  set(PARTS libcli11-dev nlohmann-json3-dev zlib1g-dev node-d3 gcc-12-base)
  if(COMPONENT STREQUAL checker)
    set(PARTS libcli11-dev libpg-query-dev libclang-22-dev)
  endif()
  set(TEXT "connsan is Copyright of the connsan developers.\n\nIts binaries hold parts of the following.\n")
  foreach(PART IN LISTS PARTS)
    if(EXISTS /usr/share/doc/${PART}/copyright)
      file(READ /usr/share/doc/${PART}/copyright TERMS)
      string(APPEND TEXT "\n== ${PART}, a package of Debian:\n\n${TERMS}")
    endif()
  endforeach()
  file(WRITE ${DOCUMENTATION}/copyright "${TEXT}")
endforeach()
