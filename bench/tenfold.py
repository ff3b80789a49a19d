"""A record several times as large as another: every report again under other names.

    python3 bench/tenfold.py story.db large.db 10

writes `large.db` with ten copies of each report of `story.db`: its sentences, statements, figures,
comparisons, findings and its words in the search. For measuring only: what the copies say is not
compared anew, so the index of keys holds the first copy alone.

Names and days stay: who is quoted most is quoted ten times as often, and a day has ten times as
much of it. That is harder on the pages than ten times as many stories would be.

Which columns are to be moved is taken from the schema itself: a column that refers to `reports`,
`items` or `findings` gets the number of the copy; one that refers to `names` or `comparisons` stays;
`id` of a table with a worked-out column `report` is its report's number times 1,000,000 plus its own.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import sys

ROWS = 1_000_000  # rows that a report may have in a table
MOVED = ("reports", "items", "findings")
LEFT = {"about", "names", "touched_names", "comparisons", "keys", "key_runs"}  # the same for all copies


def renamed(name, copy):
    """The name of a report, or of its file, in a copy."""
    return name if name is None else f"{copy}-{name}"


def renamed_in(value, copy):
    """The detail of a finding, with the reports that it names."""
    if isinstance(value, dict):
        return {
            key: renamed(one, copy) if key == "report" and isinstance(one, str)
            else [renamed(name, copy) for name in one]
            if key == "reports" and isinstance(one, list) and all(isinstance(n, str) for n in one)
            else renamed_in(one, copy)
            for key, one in value.items()
        }
    if isinstance(value, list):
        return [renamed_in(one, copy) for one in value]
    return value


def moved_columns(record, table):
    """What stands in each column of a copy, as SQL; ?1 the copy, and the table's numbers."""
    columns = [row for row in record.execute(f"PRAGMA table_xinfo({table})")]
    of = {row[3]: row[2] for row in record.execute(f"PRAGMA foreign_key_list({table})")}
    kept = [row[1] for row in columns if row[6] == 0]
    is_row_of_report = any(row[1] == "report" and row[6] for row in columns)
    sql = []
    for column in kept:
        moved = of.get(column)
        if column == "id" and is_row_of_report:
            sql.append(f"id + ?1 * :reports * {ROWS}")
        elif column == "id" and table in MOVED:
            sql.append(f"id + ?1 * :{table}")
        elif moved in MOVED:
            sql.append(f"{column} + ?1 * :{moved}")
        elif (table, column) in {("reports", "name"), ("reports", "source_file")}:
            sql.append(f"renamed({column}, ?1 + 1)")
        elif table == "reports" and column.endswith("_hash"):
            sql.append(f"rehashed({column}, ?1)")
        elif (table, column) == ("findings", "detail"):
            sql.append("renamed_in(detail, ?1 + 1)")
        else:
            sql.append(column)
    return kept, sql


def main(source, out, copies):
    if os.path.exists(out):
        sys.exit(f"error: `{out}` is there already")
    shutil.copyfile(source, out)
    record = sqlite3.connect(out, isolation_level=None)
    record.execute("PRAGMA journal_mode = OFF")
    record.execute("PRAGMA synchronous = OFF")
    record.execute("PRAGMA cache_size = -500000")
    record.create_function("renamed", 2, renamed, deterministic=True)
    record.create_function(
        "rehashed", 2, lambda old, copy: hashlib.md5(old + bytes([copy])).digest(), deterministic=True
    )
    record.create_function(
        "renamed_in", 2,
        lambda detail, copy: json.dumps(
            renamed_in(json.loads(detail), copy), ensure_ascii=False, separators=(",", ":")
        ),
        deterministic=True,
    )
    tables = record.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").fetchall()
    searches = [name for name, sql in tables if sql.upper().startswith("CREATE VIRTUAL TABLE")]
    tables = [
        name for name, _ in tables
        if name not in LEFT and not name.startswith("sqlite_")
        and not any(name == search or name.startswith(search + "_") for search in searches)
    ]
    # The numbers of the first copy end here; those of the next begin behind them.
    most = lambda table: record.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0]
    ends = {table: most(table) for table in MOVED}
    ends["items"] = ends["reports"] * ROWS
    for table in tables:
        kept, sql = moved_columns(record, table)
        if kept == sql:
            sys.exit(f"error: nothing in `{table}` tells one copy from another")
        for name, end in ends.items():
            sql = [one.replace(f":{name}", str(end)) for one in sql]
        # What the first copy has is kept apart, or each copy would copy those before it.
        record.execute(f"CREATE TEMP TABLE first AS SELECT {', '.join(kept)} FROM main.{table}")
        for copy in range(1, copies):
            record.execute(
                f"INSERT INTO main.{table} ({', '.join(kept)}) SELECT {', '.join(sql)} FROM temp.first",
                (copy,),
            )
        record.execute("DROP TABLE temp.first")
        print(table, flush=True)
    record.execute("UPDATE about SET value = value * ? WHERE what LIKE 'tally.%'", (copies,))
    counts = [row[1] for row in record.execute("PRAGMA table_xinfo(names)")]
    for column in ("statements", "reports", "listed"):
        if column in counts:
            record.execute(f"UPDATE names SET {column} = {column} * ?", (copies,))
    # The words of the copies; names are the same.
    for search, view in (("sentence_search", "sentence_words"), ("statement_search", "statement_words")):
        record.execute(
            f"INSERT INTO {search} (rowid, words) SELECT id, coalesce(words, '') FROM {view}"
            f" WHERE id >= {(ends['reports'] + 1) * ROWS}"
        )
        print(search, flush=True)
    record.execute("PRAGMA analysis_limit = 400")
    record.execute("ANALYZE")
    record.close()


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
