"""The report of an import as people read it: on the command line, and as a table of the rows to mend."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Final

from prompts.phrases import Phrases
from storage.importing.headings import Field
from storage.importing.problems import Refusal, UnreadableFile
from storage.importing.records import RecordReport
from storage.importing.report import Report

EXAMPLES: Final = 3
"""Refused rows that are shown of each reason; the others go into a file if one is asked for."""


def render_report(report: Report, t: Phrases) -> str:
    """Say what an import did: what came in, what did not and why with examples, and how the tiers stand."""
    return "\n".join([*_taken(report, t), *_refused(report, t), *_tiers(report, t)])


def render_records(report: RecordReport, t: Phrases) -> str:
    """Say what an import of contracts, products or contacts did: what came in, what did not and why with examples."""
    taken = report.taken
    lines = [t("import-foretold" if report.dry else "import-done", file=report.file, rows=report.rows)]
    lines += [t("import-columns", columns=_columns(report.columns, t))]
    counted = {"count": taken.new + taken.changed + taken.same, "new": taken.new, "changed": taken.changed}
    lines += [t(f"import-{report.what}", **counted, same=taken.same)]
    if not report.dry and not report.changed_something and taken.same:
        lines.append(t("import-nothing-new"))
    return "\n".join([*lines, *_refused(report, t)])


def render_problem(problem: UnreadableFile, t: Phrases) -> str:
    """Say why a file cannot be read and what to do about it."""
    values = dict(problem.values)
    if fields := values.pop("missing", None):
        values["missing"] = t("import-and").join(t("import-field", field=field) for field in fields)
    return t(problem.key, **values)


def write_refused(report: Report | RecordReport, t: Phrases, file: IO[str]) -> None:
    """Write the refused rows as CSV, one a line: row, column, value, reason."""
    table = csv.writer(file)
    table.writerow(t(f"import-refused-table.{name}") for name in ("row", "column", "value", "reason"))
    for refusal in report.refused:
        table.writerow([refusal.row, refusal.column, _harmless(refusal.value), t(refusal.reason)])


def _taken(report: Report, t: Phrases) -> Iterator[str]:
    taken = report.taken
    yield t("import-foretold" if report.dry else "import-done", file=report.file, rows=report.rows)
    yield t("import-columns", columns=_columns(report.columns, t))
    yield t("import-orders", orders=report.orders, new=taken.new, changed=taken.changed, same=taken.same)
    if report.cancellations:
        yield t("import-cancellations", count=report.cancellations)
    yield t("import-customers", customers=report.customers, new=taken.customers)
    if not report.dry and not report.changed_something:
        yield t("import-nothing-new")


def _columns(columns: Mapping[Field, str], t: Phrases) -> str:
    said = (
        t("import-column", field=t("import-field", field=field), heading=heading) for field, heading in columns.items()
    )
    return t("import-and").join(said)


def _refused(report: Report | RecordReport, t: Phrases) -> Iterator[str]:
    if not report.reasons:
        yield t("import-none-refused")
        return
    yield t("import-refused", count=sum(report.reasons.values()))
    examples = _examples(report.refused)
    for reason, count in sorted(report.reasons.items(), key=lambda counted: -counted[1]):
        yield t("import-refused-reason", count=count, reason=t(reason))
        for refusal in examples.get(reason, ()):
            yield t("import-refused-row", row=f"{refusal.row}", column=refusal.column, value=_value(refusal, t))


def _examples(refused: Sequence[Refusal]) -> dict[str, list[Refusal]]:
    found: dict[str, list[Refusal]] = {}
    for refusal in refused:
        shown = found.setdefault(refusal.reason, [])
        if len(shown) < EXAMPLES:
            shown.append(refusal)
    return found


def _value(refusal: Refusal, t: Phrases) -> str:
    return refusal.value or t("import-refused-blank")


def _tiers(report: Report, t: Phrases) -> Iterator[str]:
    if report.as_of is None:
        return
    yield t("import-tiers", day=report.as_of, currency=report.currency)
    for tier, count in sorted(report.tiers.items(), key=lambda counted: -counted[1]):
        yield t("import-tier", tier=t("policy-tier", tier=tier), count=count)
    for (before, after), count in sorted(report.moved.items(), key=lambda counted: -counted[1]):
        yield t(
            "import-moved",
            before=t("policy-tier", tier=before),
            after=t("policy-tier", tier=after),
            count=count,
        )


def _harmless(value: str) -> str:
    """Keep a spreadsheet from running a value of the file as a formula."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t")) else value
