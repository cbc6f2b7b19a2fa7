"""A campaign package as a whole: every room's part parsed, then checked against the others. Pure: no database.

A local package names its parent and leaves out what is the parent's (territory, routing, limits, receivers); the parent's folder
stands beside it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from zhitong.domain.cards import package as cards
from zhitong.domain.cards import timetables
from zhitong.domain.cards.package import TemplateRecord
from zhitong.domain.cards.timetables import TimetableRecord
from zhitong.domain.complaints import package as complaints
from zhitong.domain.complaints.package import ComplaintsPackage
from zhitong.domain.extras import package as extras
from zhitong.domain.extras.rules.weighing import Criterion
from zhitong.domain.organisations import package as organisations
from zhitong.domain.organisations.package import OrganisationPackage
from zhitong.domain.organisations.rules.kinds import CONSULTED
from zhitong.domain.plans import package as plans
from zhitong.domain.plans.package import PlanRecord
from zhitong.domain.plans.package import lights as lights_of
from zhitong.domain.plans.package import weights as weights_of
from zhitong.domain.plans.package.lights import LightsPackage
from zhitong.domain.plans.package.weights import WeightSetRecord
from zhitong.domain.plans.rules import USUAL, LightRule
from zhitong.domain.problems import package as problems
from zhitong.domain.problems.package import ProblemsPackage
from zhitong.domain.progress import package as progress
from zhitong.domain.progress.rules.timetable import USUAL as USUAL_REPORTING
from zhitong.domain.progress.rules.timetable import ReportingRules
from zhitong.domain.subjects import package as subjects
from zhitong.domain.subjects.package import TierList
from zhitong.domain.tiering import package as tiering
from zhitong.domain.tiering.package import TieringPackage
from zhitong.kit.source import Finding, Source, fields

SHIPPED = Path(__file__).parent / "packages"
HEAD = "campaign.yaml"
_HEAD = {"code": str, "name": str, "year": int, "region": str, "start": object, "end": object, "document": object}
_HEAD_MORE = {"parent": str, "theme": list[str], "gates": list}


@dataclass(frozen=True, slots=True)
class CampaignPackage:
    """A parsed package. What a local package leaves out is None or empty: it is the parent's."""

    folder: Path
    code: str
    name: str
    year: int
    region: str
    parent: CampaignPackage | None
    organisation: OrganisationPackage | None
    plan: PlanRecord | None
    problems: ProblemsPackage
    templates: tuple[TemplateRecord, ...] = ()
    tiers: tuple[TierList, ...] = ()
    complaints: ComplaintsPackage | None = None
    labels: dict[str, str] = field(default_factory=dict)
    tiering: TieringPackage = field(default_factory=TieringPackage)
    timetables: tuple[TimetableRecord, ...] = ()
    lights: LightsPackage | None = None
    reporting: ReportingRules | None = None
    weights: tuple[WeightSetRecord, ...] = ()
    criteria: tuple[Criterion, ...] = ()

    def standing_order(self) -> OrganisationPackage | None:
        """The organisation this campaign works in: its own or its parent's."""
        return self.organisation or (self.parent.standing_order() if self.parent else None)

    def light_rule(self) -> LightRule:
        """The rule of the lights: its own, its parent's, or the usual one where nobody says anything."""
        if self.lights is not None:
            return self.lights.rule
        return self.parent.light_rule() if self.parent else USUAL

    def reporting_rules(self) -> ReportingRules:
        """How reports go in this campaign: as it says itself, or as its parent does."""
        return self.reporting or (self.parent.reporting_rules() if self.parent else USUAL_REPORTING)

    def lineage(self) -> list[CampaignPackage]:
        """This package and those above it, the topmost first: the order of loading."""
        return [*(self.parent.lineage() if self.parent else ()), self]


def parse(folder: Path) -> tuple[CampaignPackage | None, list[Finding]]:
    """The package in a folder and all that is wrong with it, each with file and line; None when it has no head.

    The parent's own findings are not repeated here: check the parent by itself.
    """
    source = Source(folder)
    head = source.row(HEAD)
    findings = fields(head, _HEAD, _HEAD_MORE) if head else []
    if not head.text("code"):
        return None, [*source.findings, *findings]
    parent, of_parent = _parent(folder, head.text("parent"))
    findings += [head.finding(words, "parent") for words in of_parent]
    package, of_parts = _parts(source, parent)
    findings += [*of_parts, *_across(package)]
    return package, sorted({*source.findings, *findings}, key=lambda one: (one.file, one.line, one.message))


def _parent(folder: Path, code: str) -> tuple[CampaignPackage | None, list[str]]:
    if not code:
        return None, []
    parent, _findings = parse(folder.parent / code)
    return parent, [] if parent else [f"没有找到上级活动包“{code}”，请把它放在同一个文件夹旁边。"]


def _parts(source: Source, parent: CampaignPackage | None) -> tuple[CampaignPackage, list[Finding]]:
    head = source.row(HEAD)
    organisation: OrganisationPackage | None = None
    findings: list[Finding] = []
    of_rulebook: list[Finding] = []
    if parent is None or source.has("regions.tsv"):
        organisation, findings = organisations.parse(source)
    plan, of_plan = plans.parse(source)
    lights, of_lights = lights_of.parse(source)
    weight_sets, of_weights = weights_of.parse(source)
    rulebook = ProblemsPackage()
    if parent is None or source.has(problems.ROUTING):
        rulebook, of_rulebook = problems.parse(source)
    sealed: ComplaintsPackage | None = None
    if parent is None or source.has(complaints.FILE):
        sealed, of_sealed = complaints.parse(source)
        of_rulebook = [*of_rulebook, *of_sealed]
    templates, of_templates = cards.parse(source)
    rounds, of_rounds = timetables.parse(source, [one.code for one in templates])
    tiers, of_tiers = subjects.parse(source) if source.has("tiers.yaml") else ([], [])
    cultivation, of_cultivation = tiering.parse(source)
    reporting, of_reporting = progress.parse(source)
    criteria, of_criteria = extras.parse(source)
    labels = {key: str(value) for key, value in source.row("labels.yaml").items()} if source.has("labels.yaml") else {}
    package = CampaignPackage(
        source.folder, head.text("code"), head.text("name"), head.number("year") or 0, head.text("region"), parent,
        organisation, plan, rulebook, tuple(templates), tuple(tiers), sealed, labels, cultivation, tuple(rounds),
        lights, reporting, tuple(weight_sets), criteria,
    )
    return package, [
        *findings, *of_plan, *of_weights, *of_lights, *of_rulebook, *of_templates, *of_rounds, *of_tiers, *of_cultivation,
        *of_reporting, *of_criteria,
    ]


def _across(package: CampaignPackage) -> Iterator[Finding]:
    """What only the parts together can tell."""
    order = package.standing_order()
    if order is None:
        return
    charged = {
        code for unit in order.units if unit.subordination not in CONSULTED or unit.contact_unit for code in unit.lines
    }
    yield from problems.check(package.problems, lines={line.code for line in order.lines}, charged_lines=charged)
    yield from tiering.check(package.tiering, lines={line.code for line in order.lines})
    yield from subjects.check(package.tiers, lines={line.code for line in order.lines})
    if package.complaints is not None:
        yield from complaints.check(package.complaints, order)
    if package.lights is not None and package.plan is not None:
        yield from lights_of.check(package.lights, gates={gate.code for gate in package.plan.gates})
    yield from weights_of.check(package.weights, {region.code for region in order.regions})
    if package.plan is not None:
        names = {name for unit in order.units for name in (unit.name, unit.short, *unit.aliases)}
        above = {one.code: one.plan for one in package.lineage()}
        yield from plans.check(
            package.plan, unit_names=names, regions={region.code for region in order.regions}, upper=above.get
        )
        quotas = (quota for one in package.tiers for quota in (one.total, *one.quotas) if quota.reading)
        yield from plans.check_quotas(package.plan, ((one.reading, one.number, one.row) for one in quotas))


def digest_of(folder: Path) -> str:
    """The SHA-256 of a package: every file's name and bytes, in order."""
    told = hashlib.sha256()
    for file in sorted(one for one in folder.rglob("*") if one.is_file()):
        told.update(f"{file.relative_to(folder).as_posix()}\n{file.stat().st_size}\n".encode())
        told.update(file.read_bytes())
    return told.hexdigest()


def shipped() -> list[Path]:
    """The folders of the packages that come with the product, parents before children."""
    folders = sorted(folder for folder in SHIPPED.iterdir() if (folder / HEAD).exists())
    return sorted(folders, key=lambda folder: bool(Source(folder).row(HEAD).text("parent")))
