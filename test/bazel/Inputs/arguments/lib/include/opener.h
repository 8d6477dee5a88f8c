#include <libpq-fe.h>
#ifdef __cplusplus
extern "C"
#endif
PGconn *opener(void);
