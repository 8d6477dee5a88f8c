# find_package(Connsan): the rules that check a project, and the program that they run.
include(${CMAKE_CURRENT_LIST_DIR}/ConnsanChecks.cmake)
if(NOT CONNSAN_PROGRAM)
  set(Connsan_FOUND FALSE)
  set(Connsan_NOT_FOUND_MESSAGE "The program connsan was not found; set CONNSAN_PROGRAM.")
endif()
