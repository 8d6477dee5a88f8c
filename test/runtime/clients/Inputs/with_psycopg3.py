import os
import sys
import time

import psycopg


def ask(connection, number):
    print("row", connection.execute("SELECT %s::int", (number,)).fetchone()[0], flush=True)


def close():
    connection = psycopg.connect("")
    ask(connection, 1)
    connection.close()


def context():
    with psycopg.connect("") as connection:
        ask(connection, 1)


def drop():
    ask(psycopg.connect(""), 1)


def fail():
    try:
        psycopg.connect("dbname=no_such_database")
    except psycopg.OperationalError:
        print("refused")


def slow_and_idle():
    with psycopg.connect("", autocommit=True) as connection:
        connection.execute("SELECT pg_sleep(0.6)")
        time.sleep(0.6)


def open_transaction():
    connection = psycopg.connect("")
    ask(connection, 1)
    time.sleep(1)
    connection.close()


def ended_transaction():
    connection = psycopg.connect("")
    ask(connection, 1)
    connection.commit()
    time.sleep(1)
    ask(connection, 2)
    connection.rollback()
    time.sleep(1)
    connection.close()


def keep():
    kept = []
    for number in range(3):
        kept.append(psycopg.connect("", autocommit=True))
        ask(kept[-1], number)
    time.sleep(1.2)
    return kept


def keep_to_the_end():
    kept = keep()
    assert kept
    os._exit(0)


def never_closed():
    connection = psycopg.connect("")
    ask(connection, 1)
    os._exit(0)


def used_again():
    connection = psycopg.connect("", autocommit=True)
    for number in range(10):
        ask(connection, number)
        time.sleep(0.25)
    connection.close()


globals()[sys.argv[1]]()
