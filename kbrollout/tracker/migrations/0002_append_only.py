"""Events and snapshots are added and never change: the database refuses it, whoever asks."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("tracker_event", "tracker_snapshot")

SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
FUNCTION = """
CREATE FUNCTION tracker_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only', ERRCODE = 'integrity_constraint_violation'; END $$
"""
ROWS = "CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION tracker_append_only()"
WHOLE = "CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION tracker_append_only()"


def forbid(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - the shape is Django's
    """Make the triggers. SQLite needs `recursive_triggers` for REPLACE, which the settings turn on."""
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(FUNCTION)
        for table in TABLES:
            schema_editor.execute(ROWS.format(table=table))
            schema_editor.execute(WHOLE.format(table=table))
    elif vendor == "sqlite":
        for table in TABLES:
            for verb in ("UPDATE", "DELETE"):
                schema_editor.execute(SQLITE.format(table=table, verb=verb))
    else:
        raise NotImplementedError(f"no append-only tables on {vendor}")


class Migration(migrations.Migration):
    dependencies = [("tracker", "0001_tables")]  # noqa: RUF012 - the shape is Django's
    operations = [migrations.RunPython(forbid, migrations.RunPython.noop)]  # noqa: RUF012
