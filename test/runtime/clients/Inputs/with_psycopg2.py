import multiprocessing
import os
import sys
import threading
import time

import psycopg2
import psycopg2.pool


def ask(connection, number):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s", (number,))
        print("row", cursor.fetchone()[0], flush=True)


def connect():
    return psycopg2.connect("")


def close():
    connection = connect()
    ask(connection, 1)
    connection.close()


def drop():
    ask(connect(), 1)


def context():
    connection = connect()
    with connection:
        ask(connection, 1)
    connection.close()


def cycle():
    class Owner:
        pass

    owner = Owner()
    owner.self, owner.connection = owner, connect()


def fail():
    try:
        psycopg2.connect("dbname=no_such_database")
    except psycopg2.OperationalError:
        print("refused")


def raise_through():
    connection = connect()
    try:
        ask(connection, 1)
        connection.cursor().execute("SELECT nonsense")
    finally:
        connection.close()


def keep():
    kept = []
    for number in range(3):
        kept.append(connect())
        kept[-1].autocommit = True
        ask(kept[-1], number)
    time.sleep(1.2)
    return kept


def keep_to_the_end():
    kept = keep()
    assert kept
    os._exit(0)


def never_closed():
    connection = connect()
    ask(connection, 1)
    os._exit(0)


def idle_in_transaction():
    connection = connect()
    ask(connection, 1)
    time.sleep(1.2)
    connection.commit()
    connection.close()


def failed_transaction():
    connection = connect()
    try:
        connection.cursor().execute("SELECT nonsense")
    except psycopg2.ProgrammingError:
        pass
    time.sleep(1.2)
    connection.close()


def long_query():
    connection = connect()
    connection.cursor().execute("SELECT pg_sleep(1.2)")
    connection.close()


def pool():
    connections = psycopg2.pool.SimpleConnectionPool(1, 4, "")
    for number in range(10):
        connection = connections.getconn()
        ask(connection, number)
        connection.commit()
        connections.putconn(connection)
        time.sleep(0.25)
    connections.closeall()


def never_completed():
    connection = psycopg2.connect("", async_=1)
    connection.poll()
    time.sleep(1.2)


def in_child(what):
    child = multiprocessing.get_context("fork").Process(target=what)
    child.start()
    child.join()


def fork_uses():
    connection = connect()
    ask(connection, 1)
    connection.commit()
    in_child(lambda: ask(connection, 2))
    connection.close()


def fork_finishes():
    connection = connect()
    in_child(connection.close)
    connection.close()


def fork_connects():
    connection = connect()
    in_child(close)
    ask(connection, 2)
    connection.close()


def threads():
    kept = []

    def work(number):
        connection = connect()
        connection.cursor().execute("SELECT 1")
        connection.commit()
        if number == 3:
            kept.append(connection)
            time.sleep(1.2)
        else:
            connection.close()

    workers = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return kept


globals()[sys.argv[1]]()
