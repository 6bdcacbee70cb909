"""Importing: order files as companies have them (CSV, CSV.gz, XLSX, XLS), read whole before a single row is written."""
