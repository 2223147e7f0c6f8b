"""What a column of a received list can be, and the words by which lists call it.

The words were seen in exports of DMC and in lists that offices pass on; a district adds its own layout by mapping it once by hand.
"""

from enum import StrEnum

from fieldapp.domain.names import fold


class Field(StrEnum):
    NATIONAL_ID = "national_id"
    TITLE = "title"
    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    FULL_NAME = "full_name"  # given and family name in one cell, perhaps with the title
    SEX = "sex"
    BIRTH = "birth"
    NATIONALITY = "nationality"
    ADDRESS = "address"  # all of it in one cell
    HOUSE_NO = "house_no"
    MOO = "moo"
    VILLAGE = "village"
    TAMBON = "tambon"
    AMPHOE = "amphoe"
    PROVINCE = "province"
    TAMBON_CODE = "tambon_code"
    GUARDIAN_NAME = "guardian_name"
    GUARDIAN_FAMILY_NAME = "guardian_family_name"
    GUARDIAN_RELATION = "guardian_relation"
    GUARDIAN_PHONE = "guardian_phone"
    FATHER_NAME = "father_name"
    FATHER_FAMILY_NAME = "father_family_name"
    MOTHER_NAME = "mother_name"
    MOTHER_FAMILY_NAME = "mother_family_name"
    LAST_SCHOOL_CODE = "last_school_code"
    LAST_SCHOOL_NAME = "last_school_name"
    LAST_GRADE = "last_grade"
    LAST_ROOM = "last_room"
    LAST_SCHOOL_YEAR = "last_school_year"
    DISABILITY = "disability"
    DISADVANTAGE = "disadvantage"
    # Of the web sites' exports only.
    RISK_ASPECT = "risk_aspect"  # one of several columns, each with ปกติ, เสี่ยง or มีปัญหา of what its heading names
    RISK_REASON = "risk_reason"
    RISK_LEVEL = "risk_level"
    SCREENED_ON = "screened_on"


OF_RISKS = (Field.RISK_ASPECT, Field.RISK_REASON, Field.RISK_LEVEL, Field.SCREENED_ON)


_WORDS: dict[Field, tuple[str, ...]] = {
    Field.NATIONAL_ID: (
        "เลขประจำตัวประชาชน", "เลขประจำตัวประชาชน 13 หลัก", "เลขบัตรประชาชน", "เลขประจำตัวบัตรประชาชน", "เลขที่บัตรประชาชน", "รหัสประชาชน",
        "เลข ปชช.", "เลขประจำตัว 13 หลัก", "เลข 13 หลัก", "เลขประจำตัวนักเรียน", "เลขประจำตัว", "CID", "PID", "National ID", "PersonID",
    ),
    Field.TITLE: ("คำนำหน้า", "คำนำหน้าชื่อ", "คำนำหน้านาม", "prefix", "title"),
    Field.GIVEN_NAME: ("ชื่อ", "ชื่อตัว", "ชื่อนักเรียน", "ชื่อเด็ก", "first name", "name"),
    Field.FAMILY_NAME: ("นามสกุล", "สกุล", "ชื่อสกุล", "นามสกุลนักเรียน", "last name", "surname"),
    Field.FULL_NAME: (
        "ชื่อ-นามสกุล", "ชื่อ-สกุล", "ชื่อ นามสกุล", "ชื่อและนามสกุล", "ชื่อ-นามสกุล นักเรียน", "ชื่อ-สกุลนักเรียน", "ชื่อ-สกุลเด็ก",
        "ชื่อ-ชื่อสกุล", "คำนำหน้า ชื่อ-สกุล", "คำนำหน้าชื่อ-สกุล", "full name",
    ),
    Field.SEX: ("เพศ", "sex", "gender"),
    Field.BIRTH: ("วันเกิด", "วันเดือนปีเกิด", "วัน/เดือน/ปีเกิด", "วัน เดือน ปี เกิด", "ว/ด/ป เกิด", "ว.ด.ป.เกิด", "วดป เกิด", "birthdate", "birthday"),
    Field.NATIONALITY: ("สัญชาติ",),
    Field.ADDRESS: ("ที่อยู่", "ที่อยู่ปัจจุบัน", "ที่อยู่ตามทะเบียนบ้าน"),
    Field.HOUSE_NO: ("บ้านเลขที่", "เลขที่บ้าน", "เลขที่"),
    Field.MOO: ("หมู่", "หมู่ที่", "ม."),
    Field.VILLAGE: ("หมู่บ้าน", "ชื่อหมู่บ้าน", "บ้าน"),
    Field.TAMBON: ("ตำบล", "ตำบล/แขวง", "แขวง/ตำบล"),
    Field.AMPHOE: ("อำเภอ", "อำเภอ/เขต", "เขต/อำเภอ"),
    Field.PROVINCE: ("จังหวัด",),
    Field.TAMBON_CODE: ("รหัสตำบล",),
    Field.GUARDIAN_NAME: ("ชื่อผู้ปกครอง", "ผู้ปกครอง", "ชื่อ-สกุลผู้ปกครอง", "ชื่อ-นามสกุลผู้ปกครอง"),
    Field.GUARDIAN_FAMILY_NAME: ("นามสกุลผู้ปกครอง",),
    Field.GUARDIAN_RELATION: ("ความเกี่ยวข้อง", "ความเกี่ยวข้องของผู้ปกครองกับนักเรียน", "ความสัมพันธ์", "เกี่ยวข้องเป็น"),
    Field.GUARDIAN_PHONE: ("เบอร์โทร", "เบอร์โทรศัพท์", "โทรศัพท์", "เบอร์โทรผู้ปกครอง", "หมายเลขโทรศัพท์", "โทร"),
    Field.FATHER_NAME: ("ชื่อบิดา", "บิดา"),
    Field.FATHER_FAMILY_NAME: ("นามสกุลบิดา",),
    Field.MOTHER_NAME: ("ชื่อมารดา", "มารดา"),
    Field.MOTHER_FAMILY_NAME: ("นามสกุลมารดา",),
    Field.LAST_SCHOOL_CODE: ("รหัสโรงเรียน", "รหัสสถานศึกษา", "รหัสโรงเรียนเดิม"),
    Field.LAST_SCHOOL_NAME: ("โรงเรียน", "โรงเรียนเดิม", "ชื่อโรงเรียน", "ชื่อสถานศึกษา", "สถานศึกษา", "สถานศึกษาเดิม", "โรงเรียนสุดท้าย"),
    Field.LAST_GRADE: ("ชั้น", "ระดับชั้น", "ชั้นเรียน", "ชั้นสุดท้าย", "ชั้นล่าสุด", "ชั้นเรียนสุดท้าย"),
    Field.LAST_ROOM: ("ห้อง",),
    Field.LAST_SCHOOL_YEAR: ("ปีการศึกษา", "ปี/ภาคเรียน", "ภาคเรียน/ปีการศึกษา", "ปีการศึกษาล่าสุด"),
    Field.DISABILITY: ("ความพิการ", "ประเภทความพิการ"),
    Field.DISADVANTAGE: ("ความด้อยโอกาส",),
}  # fmt: skip

# How the exports of the three web sites may call them; nobody has shown us one, so the cells count for more than these.
_RISK_WORDS: dict[Field, tuple[str, ...]] = {
    Field.RISK_REASON: (
        "ความเสี่ยง", "สาเหตุความเสี่ยง", "สาเหตุ", "เหตุผล", "ด้านที่เสี่ยง", "ประเภทความเสี่ยง", "ปัญหา", "สภาพปัญหา", "ประเด็นปัญหา",
        "พฤติกรรมเสี่ยง", "รายการความเสี่ยง", "สถานะความยากจน", "ประเภทความยากจน",
    ),
    Field.RISK_LEVEL: (
        "ระดับ", "ระดับความเสี่ยง", "กลุ่ม", "กลุ่มนักเรียน", "ผลการคัดกรอง", "สรุปผลการคัดกรอง", "สรุปผล", "สรุป", "ผลรวม", "ภาพรวม",
    ),
    Field.SCREENED_ON: ("วันที่คัดกรอง", "วันที่ประเมิน", "วันที่สำรวจ", "วันที่บันทึก", "วันที่รายงาน", "วันที่เยี่ยมบ้าน", "วันที่"),
}  # fmt: skip

_BY_WORD = {fold(word): field for field, words in _WORDS.items() for word in words}

_RISK_BY_WORD = {fold(word): field for field, words in _RISK_WORDS.items() for word in words}


def risk_field_of(label: str) -> Field | None:
    """The same of a column of a web site's export that tells of the risk."""
    return _RISK_BY_WORD.get(fold(label))


def field_of(label: str) -> Field | None:
    """The field that a column of this label is, or None where the words are not known."""
    return _BY_WORD.get(fold(label))
