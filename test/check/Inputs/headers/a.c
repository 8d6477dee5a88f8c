#include "shared.h"
void in_a(void) { PQconnectdb(""); }
