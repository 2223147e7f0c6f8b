"""The counted answers are read out of a copy when it arrives; the migration reads them out of all that were there before."""

from sqlalchemy import select

from fieldapp.server.forms.countable import countable, counted
from fieldapp.server.forms.tables import counted_answers
from fieldapp.server.migrations.versions import r0024_counted_answers as migration
from tests.support.district import TestDistrict
from tests.support.filled_copies import answered, fill, instrument, publish, pupil


def kept(district: TestDistrict) -> dict[str, str]:
    table = counted_answers.c
    with district.engine.connect() as connection:
        query = select(table.submission_id, table.answers).where(table.district_id == district.id)
        return dict(tuple(row) for row in connection.execute(query))


def test_only_what_the_form_counts_is_kept_each_answer_in_a_line(district: TestDistrict) -> None:
    publish(district, "home_visit")
    teacher = district.add_person("kru")
    xml = answered("home_visit", travel="walk", chores="housework trade", worry="ไม่มีรถ")
    number = fill(district, teacher, "home_visit", xml, case_id=pupil(district, teacher))
    assert kept(district) == {number: "chores=housework\nchores=trade\ntravel=walk\n"}


def test_a_copy_of_a_form_that_the_district_does_not_have_counts_nowhere(district: TestDistrict) -> None:
    teacher = district.add_person("kru")
    number = fill(district, teacher, "home_visit", answered("home_visit", travel="walk"), case_id=pupil(district, teacher))
    assert kept(district) == {number: ""}


def test_what_one_chose_in_several_instances_of_a_repeat_counts_once() -> None:
    xml = "<data><member><works>yes</works></member><member><works>yes</works></member><member><works/></member></data>"
    assert counted(xml, {"/data/member/works": False}) == "works=yes\n"


def test_every_counted_question_of_the_instruments_has_choices() -> None:
    for name in ("household", "home_visit", "aspects", "school_safety", "supervision"):
        xform = instrument(name).xform
        assert len(countable(xform)) == xform.count('app:sum="yes"') > 3, name


def test_the_migration_counts_what_was_there_before(district: TestDistrict) -> None:
    publish(district, "home_visit")
    teacher = district.add_person("kru")
    case_id = pupil(district, teacher)
    for way in ("walk", "bus", "car"):
        fill(district, teacher, "home_visit", answered("home_visit", travel=way), case_id=case_id)
    before = kept(district)
    with district.engine.begin() as connection:
        connection.execute(counted_answers.delete().where(counted_answers.c.district_id == district.id))
        migration._AT_ONCE = 2
        form = instrument("home_visit")
        migration._fill(connection, district.id, form.form_id, form.form_version, countable(form.xform))
    assert kept(district) == before and len(before) == 3
