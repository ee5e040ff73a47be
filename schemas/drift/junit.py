"""A comparison as JUnit: a test case for each table."""

from itertools import groupby
from xml.etree import ElementTree as ET

from harness.showing import shown_name, shown_words
from schemas.drift.differences import Difference
from schemas.drift.ratings import Rating
from schemas.drift.reports import Comparison, told

SUITE = "schemas.drift"


def as_junit(comparison: Comparison) -> str:
    """Breaking differences are a table's one failure, a line each: many readers take but the first."""
    found = {
        table: list(differences)
        for table, differences in groupby(comparison.differences, key=lambda difference: difference.table)
    }
    suite = ET.Element("testsuite", name=SUITE)
    failed = sum(_case(suite, comparison, table, found.get(table, [])) for table in comparison.tables)
    counts = {"tests": len(comparison.tables), "failures": failed, "errors": 0, "skipped": 0}
    suite.attrib.update({name: str(count) for name, count in counts.items()})
    ET.SubElement(suite, "system-out").text = "\n".join(
        [comparison.database, *map(shown_words, comparison.notes)]
    )
    root = ET.Element("testsuites")
    root.append(suite)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=False) + "\n"


def _case(suite: ET.Element, comparison: Comparison, table: str, differences: list[Difference]) -> bool:
    case = ET.SubElement(suite, "testcase", classname=SUITE, name=shown_name(table), time="0")
    lines: dict[Rating, list[str]] = {rating: [] for rating in Rating}
    for difference in differences:
        lines[comparison.rating(difference)].append(told(difference))
    if breaking := lines[Rating.BREAKING]:
        first, more = breaking[0], len(breaking) - 1
        message = f"{first} (and {more} more)" if more else first
        failure = ET.SubElement(case, "failure", type=Rating.BREAKING, message=message)
        failure.text = "\n".join(breaking)
    if additive := lines[Rating.ADDITIVE]:
        ET.SubElement(case, "system-out").text = "\n".join(additive)
    return bool(breaking)
