-- Nothing: SQLite reads a whole list in its index quickly enough. PostgreSQL gets two indexes here.
SELECT 1;
