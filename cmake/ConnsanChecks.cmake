# connsan_add_check(TARGET [CONFIDENCE high|medium])
#
# Adds a target connsan-TARGET that checks the C and C++ sources of TARGET for connection leaks, and to connsan-checks,
# which checks all such targets. Every source has a rule of its own, which runs again when the compiler would; what the
# files know of each other comes from the sources of TARGET and of all libraries of this project that it links and that
# have a connsan_add_check too, so that two programs with a function of the same name are told apart. A finding fails
# the build of connsan-TARGET. docs/index.md#in-a-build-system says more.
#
# Needs CMAKE_EXPORT_COMPILE_COMMANDS, and Ninja or Makefiles. CONNSAN_PROGRAM is the program to run. The rules are made
# at the end of the project, when all sources and libraries of a target are known.

include_guard(GLOBAL)

find_program(CONNSAN_PROGRAM connsan HINTS ${CMAKE_CURRENT_LIST_DIR}/../../../bin DOC "The program connsan")

function(connsan_add_check TARGET)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "CONFIDENCE" "")
  if(ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "connsan_add_check: unknown arguments: ${ARG_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT "${ARG_CONFIDENCE}" MATCHES "^(high|medium|)$")
    message(FATAL_ERROR "connsan_add_check: unknown confidence '${ARG_CONFIDENCE}'; expected high or medium")
  endif()
  if(NOT TARGET ${TARGET})
    message(FATAL_ERROR "connsan_add_check: '${TARGET}' is no target")
  endif()
  if(NOT CMAKE_EXPORT_COMPILE_COMMANDS)
    message(FATAL_ERROR "connsan_add_check: set CMAKE_EXPORT_COMPILE_COMMANDS to ON before the targets are made")
  endif()
  set_property(TARGET ${TARGET} PROPERTY CONNSAN_CONFIDENCE "${ARG_CONFIDENCE}")
  get_property(TARGETS GLOBAL PROPERTY CONNSAN_TARGETS)
  if(NOT TARGETS)
    cmake_language(DEFER DIRECTORY ${CMAKE_SOURCE_DIR} CALL _connsan_add_rules)
  endif()
  set_property(GLOBAL APPEND PROPERTY CONNSAN_TARGETS ${TARGET})
endfunction()

function(_connsan_add_rules)
  get_property(TARGETS GLOBAL PROPERTY CONNSAN_TARGETS)
  list(REMOVE_DUPLICATES TARGETS)
  add_custom_target(connsan-checks)
  foreach(TARGET IN LISTS TARGETS)
    _connsan_add_facts(${TARGET})
  endforeach()
  foreach(TARGET IN LISTS TARGETS)
    _connsan_add_link(${TARGET})
  endforeach()
endfunction()

# The rules that make the facts of each source.
function(_connsan_add_facts TARGET)
  get_target_property(SOURCES ${TARGET} SOURCES)
  get_target_property(SOURCE_DIRECTORY ${TARGET} SOURCE_DIR)
  get_target_property(BINARY_DIRECTORY ${TARGET} BINARY_DIR)
  set(DIRECTORY ${BINARY_DIRECTORY}/connsan/${TARGET})
  set(ALL_FACTS "")
  foreach(SOURCE IN LISTS SOURCES)
    if(NOT SOURCE MATCHES "\\.(c|cc|cpp|cxx|C|c\\+\\+)$" OR SOURCE MATCHES "^\\$<")
      continue()
    endif()
    cmake_path(ABSOLUTE_PATH SOURCE BASE_DIRECTORY ${SOURCE_DIRECTORY} NORMALIZE)
    # As CMake names objects: a source outside of the directory keeps its whole path.
    set(NAME ${SOURCE})
    cmake_path(IS_PREFIX SOURCE_DIRECTORY ${SOURCE} NORMALIZE IS_BELOW)
    if(IS_BELOW)
      cmake_path(RELATIVE_PATH NAME BASE_DIRECTORY ${SOURCE_DIRECTORY})
    endif()
    set(FACTS ${DIRECTORY}/${NAME}.facts)
    cmake_path(NORMAL_PATH FACTS)
    cmake_path(GET FACTS PARENT_PATH PARENT)
    file(MAKE_DIRECTORY ${PARENT})
    add_custom_command(OUTPUT ${FACTS}
      COMMAND ${CONNSAN_PROGRAM} check --export-facts=${FACTS} --depfile=${FACTS}.d -p ${CMAKE_BINARY_DIR} ${SOURCE}
      # The arguments of the compiler stand there; the facts are read again only where these have changed.
      DEPENDS ${SOURCE} ${CMAKE_BINARY_DIR}/compile_commands.json ${CONNSAN_PROGRAM}
      DEPFILE ${FACTS}.d
      COMMENT "Reading ${NAME} for connsan" VERBATIM)
    list(APPEND ALL_FACTS ${FACTS})
  endforeach()
  set_property(TARGET ${TARGET} PROPERTY CONNSAN_FACTS "${ALL_FACTS}")
  add_custom_target(connsan-facts-${TARGET} DEPENDS ${ALL_FACTS})
endfunction()

# Of the target and of all that it links, as far as it is of this project: those that have facts.
function(_connsan_linked TARGET RESULT)
  set(PENDING ${TARGET})
  set(SEEN "")
  set(FOUND "")
  while(PENDING)
    list(POP_FRONT PENDING NEXT)
    string(REGEX REPLACE "^\\$<LINK_ONLY:(.*)>$" "\\1" NEXT "${NEXT}")
    if(NOT TARGET "${NEXT}" OR NEXT IN_LIST SEEN)
      continue()
    endif()
    list(APPEND SEEN ${NEXT})
    get_target_property(ALIASED ${NEXT} ALIASED_TARGET)
    if(ALIASED)
      list(APPEND PENDING ${ALIASED})
      continue()
    endif()
    get_target_property(HAS_FACTS ${NEXT} CONNSAN_FACTS)
    if(HAS_FACTS)
      list(APPEND FOUND ${NEXT})
    endif()
    foreach(PROPERTY LINK_LIBRARIES INTERFACE_LINK_LIBRARIES)
      get_target_property(LIBRARIES ${NEXT} ${PROPERTY})
      if(LIBRARIES)
        list(APPEND PENDING ${LIBRARIES})
      endif()
    endforeach()
  endwhile()
  set(${RESULT} ${FOUND} PARENT_SCOPE)
endfunction()

# The rules that make the index and check each source with it.
function(_connsan_add_link TARGET)
  get_target_property(FACTS ${TARGET} CONNSAN_FACTS)
  get_target_property(CONFIDENCE ${TARGET} CONNSAN_CONFIDENCE)
  get_target_property(SOURCE_DIRECTORY ${TARGET} SOURCE_DIR)
  get_target_property(BINARY_DIRECTORY ${TARGET} BINARY_DIR)
  set(DIRECTORY ${BINARY_DIRECTORY}/connsan/${TARGET})
  set(INDEX ${DIRECTORY}/index)
  set(ALL_FACTS "")
  set(FACT_TARGETS "")
  _connsan_linked(${TARGET} LINKED)
  foreach(EACH IN LISTS LINKED)
    get_target_property(OF_EACH ${EACH} CONNSAN_FACTS)
    list(APPEND ALL_FACTS ${OF_EACH})
    list(APPEND FACT_TARGETS connsan-facts-${EACH})
  endforeach()
  # What the user says of functions, in the directories above.
  set(MODELS "")
  set(ABOVE ${SOURCE_DIRECTORY})
  while(TRUE)
    if(EXISTS ${ABOVE}/.connsan.yaml)
      list(APPEND MODELS ${ABOVE}/.connsan.yaml)
    endif()
    cmake_path(GET ABOVE PARENT_PATH PARENT)
    if(PARENT STREQUAL ABOVE)
      break()
    endif()
    set(ABOVE ${PARENT})
  endwhile()
  set(OPTIONS --index=${INDEX})
  if(CONFIDENCE)
    list(APPEND OPTIONS --confidence=${CONFIDENCE})
  endif()
  set(CHECKED "")
  if(FACTS)
    add_custom_command(OUTPUT ${INDEX}
      COMMAND ${CONNSAN_PROGRAM} index -o ${INDEX} ${ALL_FACTS}
      DEPENDS ${ALL_FACTS} ${MODELS} ${FACT_TARGETS}
      COMMENT "Linking what connsan knows of ${TARGET}" VERBATIM)
  endif()
  foreach(ONE IN LISTS FACTS)
    string(REGEX REPLACE "\\.facts$" ".checked" STAMP ${ONE})
    cmake_path(RELATIVE_PATH ONE BASE_DIRECTORY ${DIRECTORY} OUTPUT_VARIABLE NAME)
    string(REGEX REPLACE "\\.facts$" "" NAME ${NAME})
    add_custom_command(OUTPUT ${STAMP}
      COMMAND ${CONNSAN_PROGRAM} check ${OPTIONS} ${ONE}
      COMMAND ${CMAKE_COMMAND} -E touch ${STAMP}
      DEPENDS ${ONE} ${INDEX} ${MODELS}
      COMMENT "Checking ${NAME} with connsan" VERBATIM)
    list(APPEND CHECKED ${STAMP})
  endforeach()
  add_custom_target(connsan-${TARGET} DEPENDS ${CHECKED})
  add_dependencies(connsan-checks connsan-${TARGET})
endfunction()
