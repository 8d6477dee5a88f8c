<?php
function ask($connection, $number) {
  echo 'row ', pg_fetch_result(pg_query($connection, "SELECT $number"), 0, 0), "\n";
}

function pause() {
  usleep(1200000);
}

switch ($argv[1]) {
case 'close':
  $connection = pg_connect('');
  ask($connection, 1);
  pg_close($connection);
  break;
case 'request_end':
  for ($i = 0; $i < 3; $i++)
    $connections[] = pg_connect('', PGSQL_CONNECT_FORCE_NEW);
  ask($connections[0], 1);
  break;
case 'persistent':
  $connection = pg_pconnect('');
  ask($connection, 1);
  pg_close($connection);
  ask(pg_pconnect(''), 2);
  break;
case 'pdo':
  $connection = new PDO('pgsql:');
  echo 'row ', $connection->query('SELECT 1')->fetchColumn(), "\n";
  break;
case 'pdo_persistent':
  $connection = new PDO('pgsql:', null, null, [PDO::ATTR_PERSISTENT => true]);
  echo 'row ', $connection->query('SELECT 1')->fetchColumn(), "\n";
  break;
case 'exit':
  $connection = pg_connect('');
  ask($connection, 1);
  exit(3);
case 'fatal':
  $connection = pg_connect('');
  ask($connection, 1);
  no_such_function();
case 'refused':
  echo @pg_connect('dbname=no_such_database') ? 'connected' : 'refused', "\n";
  echo @pg_pconnect('dbname=no_such_database') ? 'connected' : 'refused', "\n";
  break;
case 'held':
  $connection = pg_connect('');
  ask($connection, 1);
  pause();
  break;
case 'persistent_held':
  $connection = pg_pconnect('');
  ask($connection, 1);
  pg_close($connection);
  pause();
  break;
case 'idle_in_transaction':
  $connection = pg_connect('');
  pg_query($connection, 'BEGIN');
  pause();
  pg_query($connection, 'COMMIT');
  break;
case 'pdo_idle_in_transaction':
  $connection = new PDO('pgsql:');
  $connection->beginTransaction();
  pause();
  $connection->commit();
  break;
case 'long_query':
  pg_query(pg_connect(''), 'SELECT pg_sleep(1.2)');
  break;
case 'connecting':
  $connection = pg_connect('', PGSQL_CONNECT_ASYNC);
  pause();
  break;
case 'killed':
  $connection = pg_connect('');
  ask($connection, 1);
  pause();
  posix_kill(getmypid(), SIGKILL);
}
