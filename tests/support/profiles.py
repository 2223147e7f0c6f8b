"""A real profile on the disk, as a first sign-in leaves it, without asking a server. Its key is derived fast, which only tests may do."""

from dataclasses import dataclass
from pathlib import Path

from fieldapp.config import Settings, resources_dir
from fieldapp.domain.identifiers import new_id
from fieldapp.domain.reference import Role
from fieldapp.records.sql_records import SqlRecords
from fieldapp.store.keys import Derivation, create_key
from fieldapp.store.opening import create_store
from fieldapp.store.profiles import Profile, profile_dir, write_profile
from tests.support.laptop import NOW, a_listed_child, an_identity, reference_records

PASSPHRASE = "ข้าวเหนียวมะม่วง"
FAST = Derivation(time_cost=1, memory_kib=8)


@dataclass(frozen=True, slots=True)
class Seat:
    """A computer with one person's profile."""

    settings: Settings
    profile: Profile


def settings_for(data_dir: Path) -> Settings:
    return Settings(data_dir=data_dir, resources=resources_dir(), language="", has_screen=False)


def a_seat(data_dir: Path, children: int = 12, name: str = "ครูสมหญิง (ตัวอย่าง)", **values: str) -> Seat:
    profile = Profile(
        **{
            "id": new_id(),
            "person_name": name,
            "account": "somying",
            "role": Role.TEACHER.value,
            "school_name": "โรงเรียนบ้านนาคู",
            "district_name": "สพป.กาฬสินธุ์ เขต 3",
            "server_address": "http://127.0.0.1:9",
            **values,
        },
        last_used_at=NOW,
    )
    folder = profile_dir(data_dir, profile.id)
    folder.mkdir(parents=True)
    # A point of the curve's base: the box is never opened here.
    sealing_key = "09" + "00" * 31
    store = create_store(folder, create_key(folder, PASSPHRASE, sealing_key, FAST), an_identity())
    with store.writing() as connection:
        pairs = [a_listed_child(number) for number in range(children)]
        SqlRecords(connection, store.district_id).put([*reference_records(), *(record for pair in pairs for record in pair)])
    store.close()
    write_profile(folder, profile)
    return Seat(settings_for(data_dir), profile)
