import time

import psycopg2

kept = []


def check_out():
    kept.append(psycopg2.connect("application_name=script"))
    return kept[-1]


def report():
    check_out().cursor().execute("SELECT 1")


def later():
    kept[0].cursor().execute("SELECT 2")


def nightly():
    check_out()


report()
time.sleep(0.2)
later()
nightly()
time.sleep(0.7)
