# Puts each of PARTS into TEMPLATE where @its-name@ stands.
file(READ ${TEMPLATE} page)
foreach(part IN LISTS PARTS)
  get_filename_component(name ${part} NAME)
  file(READ ${part} text)
  string(REPLACE "@${name}@" "${text}" page "${page}")
endforeach()
file(WRITE ${OUTPUT} "${page}")
