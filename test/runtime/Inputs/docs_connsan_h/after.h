;
int main(int argc, char **argv) {
  struct pool p = {"", "orders", NULL};
  (void)argv;
  p.kept = pool_grow(&p);
  PGconn *conn = pool_get(&p);
  if (argc == 1)
    pool_put(&p, conn);
  tear_down();
  PQfinish(conn); // open_at_exit=leak
  return 0;
}
