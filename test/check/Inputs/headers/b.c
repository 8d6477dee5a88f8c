#include "shared.h"
void in_b(void) { PQconnectdb(""); }
