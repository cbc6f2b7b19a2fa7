"""迎检档案: one matter one folder, an index with digests, and nothing the reader may not see (R-H7)."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from tests.bulletins.letters.reading import number_of
from tests.cast import Story, viewer
from tests.files.keeping import attached, stored
from tests.problems.ways import Raise, confirmed
from tests.supervision.ways import issued
from tests.world import NOW
from zhitong.domain.bulletins.queries.letters import dossier as archives
from zhitong.domain.organisations.scope import acting_as
from zhitong.kit.refusals import NotFound, Refused

pytestmark = pytest.mark.django_db


def archive(login: str, about: str, at: datetime) -> dict[str, bytes]:
    """The files of an archive, by their names in it."""
    into = BytesIO()
    with acting_as(viewer(login)) as here:
        archives.dossier(here, about, at).write(into)
    with ZipFile(into) as made:
        assert made.testzip() is None
        return {name: made.read(name) for name in made.namelist()}


def test_every_paper_card_and_file_of_a_matter_stands_in_the_index_with_its_digest(raised: Raise) -> None:
    story = raised()
    attached(story.problem_id, *stored("firm", "现场.jpg", "../../合同?.jpg"))
    issued("zone_office", story)
    confirmed(story)
    late = stored("park", "办结后.jpg")
    attached(story.problem_id, *late, login="park", now=story.now + timedelta(hours=1))

    found = archive("zone_office", number_of(story), story.now)

    names = [name.partition("/")[2] for name in found if "/" in name]
    assert [name.partition("-")[2].partition("-")[0] for name in names if name.endswith(".docx")] == [
        "办理经过.docx", "销号审批表", "答复意见", "交办单", "督办通知单",
    ]
    assert [name for name in names if "附件" in name] == ["附件/01-现场.jpg", "附件/02-合同_.jpg"]
    index = CalamineWorkbook.from_filelike(BytesIO(found["索引.xlsx"])).get_sheet_by_index(0).to_python()
    listed = {row[5]: (int(row[8]), row[9]) for row in index if str(row[0]).replace(".0", "").isdecimal()}
    assert listed == {
        name: (len(content), hashlib.sha256(content).hexdigest()) for name, content in found.items() if name != "索引.xlsx"
    }


@pytest.mark.prove
def test_many_matters_are_folders_of_one_archive_made_the_same_again(raised: Raise) -> None:
    stories = [raised(), raised(category="work_safety")]
    about, at = ",".join(map(number_of, stories)), NOW + timedelta(minutes=5)
    before = archive("park_office", about, at)

    confirmed(stories[0])

    assert {name.partition("/")[0] for name in before if "/" in name} == {
        f"{place:02d}-{number_of(story)}" for place, story in enumerate(stories, start=1)
    }
    again = archive("park_office", about, at)
    assert [again.pop("索引.xlsx") != b"", before.pop("索引.xlsx") != b""] == [True, True]
    assert again == before


def test_too_many_matters_or_too_much_evidence_is_refused(raised: Raise, monkeypatch: pytest.MonkeyPatch) -> None:
    story = raised()
    attached(story.problem_id, *stored("firm", "现场.jpg"))
    number = number_of(story)

    with pytest.raises(Refused, match="最多装50件，选了51件"):
        archive("park_office", ",".join(f"冀-演示-2018-{place:06d}" for place in range(51)), NOW)
    monkeypatch.setattr(archives, "MOST_BYTES", 10)
    with pytest.raises(Refused, match="超过一份迎检档案的上限"):
        archive("park_office", number, NOW)


def test_one_matter_that_is_not_there_for_the_reader_leaves_no_archive(raised: Raise) -> None:
    mine: Story = raised()

    with pytest.raises(NotFound):
        archive("outsider", number_of(mine), NOW)
    with pytest.raises(NotFound):
        archive("park_office", f"{number_of(mine)},冀-演示-2018-000001", NOW)
    with pytest.raises(NotFound):
        archive("park_office", "", NOW)


def test_the_archive_of_an_unnamed_matter_has_no_card_and_names_nobody_to_others(raised: Raise) -> None:
    story = confirmed(raised(unnamed=True))
    number = number_of(story)

    found = archive("zone_office", number, story.now)

    assert not [name for name in found if "反馈卡" in name]
    for content in found.values():
        with ZipFile(BytesIO(content)) as made:
            assert not [name for name in made.namelist() if "演示南大港石化".encode() in made.read(name)]
