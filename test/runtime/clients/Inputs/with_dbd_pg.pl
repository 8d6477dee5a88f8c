use strict;
use warnings;
use DBI;
use POSIX ();
use Time::HiRes 'sleep';

$| = 1;

sub connection {
  return DBI->connect('dbi:Pg:', undef, undef, {AutoCommit => 1, RaiseError => 1, PrintError => 0, @_});
}

sub ask {
  my ($db, $number) = @_;
  print 'row ', $db->selectrow_array("SELECT $number"), "\n";
}

# Runs `what` in a child and waits for it.
sub in_child {
  my ($what) = @_;
  my $child = fork;
  if (!$child) {
    $what->();
    exit 0;
  }
  waitpid $child, 0;
}

my %ways = (
  disconnect => sub { my $db = connection(); ask($db, 1); $db->disconnect },
  scope => sub { my $db = connection(); ask($db, 1) },
  commit => sub { my $db = connection(AutoCommit => 0); ask($db, 1); $db->commit; sleep 1.2; $db->disconnect },
  not_begun => sub { my $db = connection(AutoCommit => 0); sleep 1.2; $db->disconnect },
  fail => sub {
    eval { DBI->connect('dbi:Pg:dbname=no_such_database', undef, undef, {RaiseError => 1, PrintError => 0}) };
    print "refused\n" if $@;
  },
  die_through => sub { eval { my $db = connection(); ask($db, 1); $db->do('SELECT nonsense') }; print "died\n" if $@ },
  keep => sub { our @kept; push @kept, connection() for 1 .. 3; sleep 1.2 },
  keep_to_the_end => sub { our @kept; push @kept, connection() for 1 .. 3; sleep 1.2; POSIX::_exit(0) },
  never_closed => sub { my $db = connection(); ask($db, 1); POSIX::_exit(0) },
  idle_in_transaction => sub { my $db = connection(AutoCommit => 0); ask($db, 1); sleep 1.2; $db->rollback; $db->disconnect },
  long_query => sub { my $db = connection(); $db->do('SELECT pg_sleep(1.2)'); $db->disconnect },
  cached => sub { for my $number (1 .. 10) { ask(DBI->connect_cached('dbi:Pg:'), $number); sleep 0.25 } },
  inactive => sub {
    my $db = connection();
    in_child(sub { $db->{InactiveDestroy} = 1; undef $db });
    ask($db, 1);
    $db->disconnect;
  },
  auto_inactive => sub {
    my $db = connection(AutoInactiveDestroy => 1);
    in_child(sub { undef $db });
    ask($db, 1);
    $db->disconnect;
  },
  own_in_child => sub {
    my $db = connection(AutoInactiveDestroy => 1);
    in_child(sub { my $own = connection(); ask($own, 2); $own->disconnect });
    ask($db, 1);
    $db->disconnect;
  },
  destroyed_in_child => sub { my $db = connection(); in_child(sub { undef $db }); eval { $db->disconnect } },
  used_in_child => sub { my $db = connection(AutoInactiveDestroy => 1); in_child(sub { ask($db, 2) }); $db->disconnect },
);
$ways{$ARGV[0]}->();
