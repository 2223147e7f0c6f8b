"""The two official lists of causes that a district's own causes are counted into. Their names stay Thai: that is what the lists say.

DMC's nine (numbers as public school databases have them), and the nineteen columns of dropout.edudev.in.th, numbered by position: the
site's own codes are not known.
"""

DMC: tuple[str, ...] = (
    "ฐานะยากจน",
    "มีปัญหาครอบครัว",
    "สมรสแล้ว",
    "มีปัญหาในการปรับตัว",
    "ต้องคดี/ถูกจับ",
    "เจ็บป่วย/อุบัติเหตุ",
    "อพยพตามผู้ปกครอง",
    "หาเลี้ยงครอบครัว",
    "กรณีอื่นๆ",
)
EDUDEV: tuple[str, ...] = (
    "การคมนาคมไม่สะดวก",
    "สุขภาพอนามัย",
    "ความพิการ",
    "อยู่ในกลุ่มเสี่ยง",
    "ได้รับผลกระทบจากภัยต่างๆ",
    "ความจำเป็นทางครอบครัว",
    "การประพฤติ ปฏิบัติขัดกับระเบียบของสถานศึกษา",
    "สภาพของครอบครัว",
    "ผู้ปกครองมีรายได้น้อย ไม่พอเพียง",
    "ปัญหาการปรับสภาพตัวเองในสังคม",
    "จบการศึกษาภาคบังคับและไม่ประสงค์จะเข้าเรียนต่อ",
    "ได้รับผลกระทบจาก Covid-19",
    "อายุพ้นเกณฑ์และไม่ประสงค์จะเรียนต่อ",
    "เข้าเรียนในสถานศึกษาสังกัดอื่น",
    "ไปเรียนต่อต่างประเทศ",
    "เรียนในสังกัดเดิม",
    "เสียชีวิต",
    "ย้ายถิ่นที่อยู่",
    "ไม่ระบุ",
)


def numbered(names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Choices of a field: '3', '3 สมรสแล้ว'."""
    return [(str(number), f"{number} {name}") for number, name in enumerate(names, start=1)]
