require 'pg'

def connection
  PG.connect(host: ENV['PGHOST'])
end

def ask(connection, number)
  puts "row #{connection.exec("SELECT #{number}").getvalue(0, 0)}"
  $stdout.flush
end

def in_child
  child = fork do
    yield
    $stdout.flush
    exit! 0
  end
  Process.wait child
end

case ARGV[0]
when 'close'
  db = connection
  ask db, 1
  db.reset
  ask db, 2
  db.close
when 'collected'
  ask connection, 1
when 'refused'
  begin
    PG.connect(host: ENV['PGHOST'], dbname: 'no_such_database')
  rescue PG::Error
    puts 'refused'
  end
when 'untouched_in_child'
  db = connection
  in_child {}
  ask db, 1
  db.close
when 'keep'
  kept = (1..3).map { connection }
  sleep 1.2
  kept.size
when 'keep_to_the_end'
  kept = (1..3).map { connection }
  sleep 1.2
  exit! 0
when 'idle_in_transaction'
  db = connection
  db.transaction do
    ask db, 1
    sleep 1.2
  end
  db.close
when 'long_query'
  db = connection
  db.exec 'SELECT pg_sleep(1.2)'
  db.close
when 'used_in_child'
  db = connection
  in_child { ask db, 2 }
  db.close
end
