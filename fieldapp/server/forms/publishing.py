"""From an upload to a version that laptops get. A version is never changed; new copies are begun on the one that was published last."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, delete, func, insert, select, update

from fieldapp.domain.canonical import sha256_hex
from fieldapp.domain.form import Form, FormAbout, form_key
from fieldapp.domain.identifiers import new_id
from fieldapp.records import rows, tables
from fieldapp.server.district_data.locking import lock_district
from fieldapp.server.forms.examining import Examined
from fieldapp.server.forms.findings import Finding, forbids
from fieldapp.server.forms.tables import form_upload
from fieldapp.server.problems import Refused
from fieldapp.server.write_path.recording import put_reference

_form, _submission = tables.form, tables.submission

# An upload that nobody has published by then is removed when the next one comes.
DAYS_KEPT = 30


@dataclass(frozen=True, slots=True)
class Upload:
    """A form on its way: what was uploaded and what was found in it."""

    id: str
    form_id: str
    form_version: str
    title: str
    about: str
    source_name: str
    xform: str
    attachments: Mapping[str, str]
    findings: tuple[Finding, ...]
    uploaded_at: dt.datetime
    published_at: dt.datetime | None

    @property
    def may_be_published(self) -> bool:
        return bool(self.xform) and self.published_at is None and not forbids(self.findings)


@dataclass(frozen=True, slots=True)
class Version:
    """A published version with the number of filled copies, and the upload whose spreadsheet it was made of ('' where that is not here)."""

    form: Form
    filled: int
    upload_id: str


def keep(
    connection: Connection,
    district_id: str,
    examined: Examined,
    data: bytes,
    source_name: str,
    attachments: Mapping[str, str],
    *,
    by: str,
    now: dt.datetime,
) -> str:
    """Keep an examined upload, whatever was found. Returns its id."""
    _remove_old(connection, district_id, now)
    upload_id = new_id()
    values = {
        "district_id": district_id,
        "id": upload_id,
        "form_id": examined.form_id,
        "form_version": examined.form_version,
        "title": examined.title,
        "about": examined.about,
        "source_name": source_name,
        "source": data,
        "attachments": dict(attachments),
        "xform": examined.xform if examined.definition is not None else "",
        "findings": [finding.to_json() for finding in examined.findings],
        "uploaded_at": now,
        "uploaded_by": by,
    }
    connection.execute(insert(form_upload).values(values))
    return upload_id


def _remove_old(connection: Connection, district_id: str, now: dt.datetime) -> None:
    old = form_upload.c.published_at.is_(None) & (form_upload.c.uploaded_at < now - dt.timedelta(days=DAYS_KEPT))
    connection.execute(delete(form_upload).where(form_upload.c.district_id == district_id, old))


def find_upload(connection: Connection, district_id: str, upload_id: str) -> Upload:
    """Raises Refused unknown_record."""
    names = [name for name in Upload.__slots__ if name != "findings"]
    columns = [form_upload.c[name] for name in names]
    query = select(*columns, form_upload.c.findings).where(form_upload.c.district_id == district_id, form_upload.c.id == upload_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise Refused("unknown_record", "upload_id")
    findings = tuple(Finding.from_json(raw) for raw in row.findings)
    return Upload(**{name: getattr(row, name) for name in names}, findings=findings)


def source_of(connection: Connection, district_id: str, upload_id: str) -> tuple[str, bytes]:
    """The file's name and bytes. Raises Refused unknown_record."""
    query = select(form_upload.c.source_name, form_upload.c.source).where(
        form_upload.c.district_id == district_id, form_upload.c.id == upload_id
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        raise Refused("unknown_record", "upload_id")
    return row.source_name, bytes(row.source)


def versions(connection: Connection, district_id: str) -> tuple[Version, ...]:
    """All published ones: forms in their order, of each the newest first."""
    filled = (
        select(_submission.c.form_id, _submission.c.form_version, func.count().label("number"))
        .where(_submission.c.district_id == district_id)
        .group_by(_submission.c.form_id, _submission.c.form_version)
    )
    counted = {(row.form_id, row.form_version): row.number for row in connection.execute(filled)}
    uploads = select(form_upload.c.form_id, form_upload.c.form_version, form_upload.c.id).where(
        form_upload.c.district_id == district_id, form_upload.c.published_at.is_not(None)
    )
    made_of = {(row.form_id, row.form_version): row.id for row in connection.execute(uploads)}
    query = select(_form).where(_form.c.district_id == district_id).order_by(_form.c.position, _form.c.form_id, _form.c.published_at.desc())
    found = [rows.form_from(row) for row in connection.execute(query).mappings()]
    keys = [(form.form_id, form.form_version) for form in found]
    return tuple(Version(form, counted.get(key, 0), made_of.get(key, "")) for form, key in zip(found, keys, strict=True))


def refuse_repeated(connection: Connection, district_id: str, examined: Examined) -> tuple[Finding, ...]:
    """A version's number is given once; what was published under it stays what it is."""
    taken = _find(connection, district_id, examined.form_id, examined.form_version)
    if taken is None or not examined.xform:
        return ()
    code = "publish.same" if taken.sha256 == sha256_hex(examined.xform.encode()) else "publish.version_taken"
    return (Finding(code, sheet="settings", column="version", data={"value": examined.form_version}),)


def publish(connection: Connection, district_id: str, upload_id: str, *, by: str, now: dt.datetime) -> Form:
    """New copies are begun on it from now on. Raises Refused: mismatch where its version was published meanwhile, not_allowed where its
    findings forbid it."""
    lock_district(connection, district_id)
    upload = find_upload(connection, district_id, upload_id)
    if not upload.may_be_published:
        raise Refused("not_allowed", "upload_id")
    if _find(connection, district_id, upload.form_id, upload.form_version) is not None:
        raise Refused("mismatch", "version")
    others = _of_form(connection, district_id, upload.form_id)
    form = Form(
        form_id=upload.form_id,
        form_version=upload.form_version,
        title=upload.title,
        about=FormAbout(upload.about),
        xform=upload.xform,
        sha256=sha256_hex(upload.xform.encode()),
        published_at=now,
        attachments=upload.attachments,
        position=others[0].position if others else _next_position(connection, district_id),
    )
    put_reference(connection, district_id, [form, *_not_active(others)])
    mine = (form_upload.c.district_id == district_id) & (form_upload.c.id == upload_id)
    connection.execute(update(form_upload).where(mine).values(published_at=now, published_by=by))
    return form


def use(connection: Connection, district_id: str, form_id: str, form_version: str, *, active: bool) -> None:
    """Begin new copies on this version, or on none. Drafts and answers stay with theirs. Raises Refused unknown_record."""
    lock_district(connection, district_id)
    chosen = _find(connection, district_id, form_id, form_version)
    if chosen is None:
        raise Refused("unknown_record", "form")
    others = [form for form in _of_form(connection, district_id, form_id) if form.id != chosen.id]
    changed = [replace(chosen, active=active, version=chosen.version + 1)] if chosen.active != active else []
    put_reference(connection, district_id, [*changed, *(_not_active(others) if active else ())])


def _not_active(forms: Sequence[Form]) -> list[Form]:
    return [replace(form, active=False, version=form.version + 1) for form in forms if form.active]


def _find(connection: Connection, district_id: str, form_id: str, form_version: str) -> Form | None:
    query = select(_form).where(_form.c.district_id == district_id, _form.c.id == form_key(form_id, form_version))
    row = connection.execute(query).mappings().one_or_none()
    return rows.form_from(row) if row else None


def _of_form(connection: Connection, district_id: str, form_id: str) -> list[Form]:
    query = select(_form).where(_form.c.district_id == district_id, _form.c.form_id == form_id).order_by(_form.c.published_at)
    return [rows.form_from(row) for row in connection.execute(query).mappings()]


def _next_position(connection: Connection, district_id: str) -> int:
    last = select(func.coalesce(func.max(_form.c.position), 0)).where(_form.c.district_id == district_id)
    position: int = connection.execute(last).scalar_one()
    return position + 1
