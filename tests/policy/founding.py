"""The two founding documents as plans: the province from the reading made by hand, the zone from its own package."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.papers import gold, seed
from zhitong.policy.shapes import Plan, plan_from

PACKAGE = Path("src/zhitong/domain/campaigns/packages/bohai-2018/plan.yaml")
ROLES = {"joint": "responsible"}
HEADING = re.compile(r"(?m)^\s*([一二三四]、|\([一二三四五六七八]\)|\d{1,2}\.)([^。\n]{2,60})")
ADDRESSED = (
    "黄骅市人民政府",
    "中捷产业园区",
    "南大港产业园区",
    "沧州临港经济技术开发区管委会",
    "区直有关部门",
    "驻区有关单位",
)


@cache
def province() -> Plan:
    """The provincial plan as a careful person read it."""
    read = gold()
    indicators = [{**row, "restated_by": ",".join(row.get("restated_by") or ()) or None} for row in read["indicators"]]
    tasks = [
        {**task, "responsible": [{**one, "is_collective": one.get("collective", False)} for one in task["responsible"]]}
        for task in read["tasks"]
    ]  # fmt: skip
    noise = [(one["start"], one["start"] + len(one["text"])) for one in read["noise_spans"]]
    return plan_from({**read, "indicators": indicators, "tasks": tasks, "noise": noise}, seed("hebei-2018-7"))


@cache
def zone() -> Plan:
    """The zone's plan as its package keeps it, on the published text with its lost characters."""
    kept, text = yaml.safe_load(PACKAGE.read_text(encoding="utf-8")), seed("bohai-2018-168")
    document = {
        "title": kept["document"]["title"], "issuer": kept["document"]["issuers"], "recipients": list(ADDRESSED),
        "date_issued": kept["document"]["issued_on"].isoformat(), "year": 2018,
    }  # fmt: skip
    indicators = [_indicator(row, None) for row in kept["objectives"]]
    indicators += [_indicator(row, task["number"]) for task in kept["tasks"] for row in task.get("indicators", ())]
    read = {"document": document, "sections": _sections(text), "tasks": [_task(row, text) for row in kept["tasks"]]}
    return plan_from({**read, "indicators": indicators}, text)


def _indicator(row: dict[str, Any], task_id: str | None) -> dict[str, Any]:
    values, due = row.get("values") or [], row.get("deadline")
    return {
        **row, "task_id": task_id, "value": row.get("value", values[0] if values else None), "values": values,
        "start": row["clause"]["start"], "end": row["clause"]["end"], "optional": bool(row.get("implied")),
        "unit": row.get("unit"), "comparator": row.get("comparator"), "deadline": due.isoformat() if due else None,
        "restated_by": ",".join(row.get("restated_by", ())) or None, "part_of": next(iter(row.get("part_of", ())), None),
    }  # fmt: skip


def _task(row: dict[str, Any], text: str) -> dict[str, Any]:
    number, start = row["number"], row["clause"]["start"]
    own = number.rpartition("）")[2]
    body = text.find(re.sub(r"\s", "", row["content"])[:8], start)
    return {
        "id": number, "title": row["title"], "section_path": f"三/{row['section'][1:]}/{own}", "start": start,
        "end": row["clause"]["end"], "damaged": row.get("damaged", False), "body_start": body if body >= 0 else None,
        "responsible": [
            {"name": unit["name"], "role": ROLES.get(unit["role"], unit["role"]), "printed": unit.get("as_printed"),
             "is_collective": unit.get("collective", False)} for unit in row["units"]
        ],
    }  # fmt: skip


def _sections(text: str) -> list[dict[str, Any]]:
    """The headings of the zone's paper, which prints each on a line of its own."""
    path: list[str] = ["", "", ""]
    rows: list[dict[str, Any]] = []
    for found in HEADING.finditer(text):
        number = found[1]
        level = 1 if number.endswith("、") else 2 if number.startswith("(") else 3
        path[level - 1 :] = [number.strip("、.").replace("(", "（").replace(")", "）")]
        rows.append({
            "id": "".join(path), "number": number, "level": level, "title": found[2].strip(), "path": "/".join(path),
            "start": found.start(1), "end": found.end(), "text_end": found.end(),
        })  # fmt: skip
    return rows
