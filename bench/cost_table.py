"""The tables of check-cost: a line for each file, the sum, and what of it is start-up."""

import os

START_UP = "of that start-up, for each file"


def names_for(rows):
    """The files, without the directory that all are in."""
    files = [row["file"] for row in rows]
    common = os.path.commonpath([os.path.dirname(file) for file in files])
    return [os.path.relpath(file, common) for file in files]


def width_of(names):
    return max(len(START_UP), *map(len, names))


def print_instructions(rows, empty):
    names = names_for(rows)
    width = width_of(names)

    def line(name, clang, connsan):
        ratio = f"{connsan / clang:.2f}" if clang > 0 else ""
        print(f"{name:{width}} {clang / 1e6:10.1f} {connsan / 1e6:10.1f} {ratio:>7}")

    def ratio(row):
        return row["instructions"]["connsan"] / row["instructions"]["clang"]

    print(f"{'instructions, in millions':{width}} {'clang':>10} {'connsan':>10} {'ratio':>7}")
    for name, row in zip(names, rows):
        line(name, row["instructions"]["clang"], row["instructions"]["connsan"])
    fixed = empty["instructions"]
    sums = {tool: sum(row["instructions"][tool] for row in rows) for tool in ("clang", "connsan")}
    line("sum", sums["clang"], sums["connsan"])
    line(START_UP, fixed["clang"], fixed["connsan"])
    line("sum without start-up", *(sums[tool] - len(rows) * fixed[tool] for tool in ("clang", "connsan")))
    worst, name = max(zip(rows, names), key=lambda pair: ratio(pair[0]))
    print(f"worst: {name}, {ratio(worst):.2f}")


def print_seconds(rows, empty, tools, runs, limit):
    """`tools` beside clang; a time of `limit` says that the tool was stopped there, None that it failed."""
    names = names_for(rows)
    width = width_of(names)

    def cells(clang, taken, stopped=False):
        if taken is None:
            return f" {'failed':>10} {'':8}"
        sign = ">=" if stopped or taken >= limit else ""
        return f" {sign + format(taken, '.3f'):>10} {sign + format(taken / clang, '.2f'):>8}"

    print(f"{f'seconds (least of {runs})':{width}} {'clang':>10}"
          + "".join(f" {tool:>10} {'ratio':>8}" for tool in tools))
    for name, row in zip(names, rows):
        clang = row["seconds"]["clang"]
        print(f"{name:{width}} {clang:10.3f}" + "".join(cells(clang, row["seconds"][tool]) for tool in tools))

    sums = ""
    remarks = []
    for tool in tools:
        # A tool that failed on a file is compared with clang on the others.
        done = [row["seconds"] for row in rows if row["seconds"][tool] is not None]
        stopped = [name for name, row in zip(names, rows) if (row["seconds"][tool] or 0) >= limit]
        failed = [name for name, row in zip(names, rows) if row["seconds"][tool] is None]
        sums += cells(sum(times["clang"] for times in done) or 1,
                      sum(times[tool] for times in done) if done else None, bool(stopped))
        if stopped:
            remarks.append(f"{tool} did not finish in {limit:g} seconds: {', '.join(stopped)}")
        if failed:
            remarks.append(f"{tool} failed and is compared without: {', '.join(failed)}")
    print(f"{'sum':{width}} {sum(row['seconds']['clang'] for row in rows):10.3f}{sums}")
    start = empty["seconds"]
    print(f"{START_UP:{width}} {start['clang']:10.3f}{cells(start['clang'], start['connsan'])}")
    for remark in remarks:
        print(remark)
