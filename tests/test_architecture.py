"""The shape of the code: data flows one way, heavy imports stand inside functions, modules stay small."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "kbrollout"
MODULES = {path.relative_to(PACKAGE.parent).with_suffix("").as_posix().replace("/", "."): path for path in sorted(PACKAGE.rglob("*.py"))}

STAGES = [
    {"errors", "model", "newmessages", "choicemessages", "planmessages", "handoutmessages", "filemessages"},
    {"grammar", "messages", "resources", "dutch", "differences", "patientdata", "workbookfile"},
    {"slots", "tailoring", "fonts", "yamlfile", "templating", "fingerprint"},
    {"validate", "housestyle", "writing"},
    {"agreementfile", "openpoints", "requirements"},
    {"choices"},
    {"ownagreements"},
    {"taskchecks", "scheduling"},
    {"handoutchecks"},
    {"catalogue", "site", "resolve"},
    {"deviations"},
    {"plancheck", "checklines"},
    {"check"},
    {"copies"},
    {"documents", "manifest", "baseline"},
    {"render"},
    {"pack", "schema", "verify"},
    {"assets", "newsite"},
    {"editing"},
    {"packing", "overview"},
    {"build", "doctor", "printing"},
    {"tracker"},
    {"cli"},
    {"__main__"},
]
"""A module imports from its own stage or an earlier one, never from a later one."""

GENERATED = {"kbrollout.tracker.migrations.0001_tables"}
"""Django wrote these."""

HEAVY = {"weasyprint", "pypdf", "django", "openpyxl", "fontTools", "cookiecutter", "rich", "markdown", "nh3"}


def stage_of(module: str) -> int:
    name = module.split(".")[1]
    return next(number for number, stage in enumerate(STAGES) if name in stage)


def is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Every module that a file imports, and whether it does so at the top; what only the type checker reads is not done at all."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    later = [each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef) or is_for_types(each)]
    inside = {id(node) for each in later for node in ast.walk(each)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, id(node) not in inside) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names] if node.module == "kbrollout" else [node.module]
            yield from ((name, id(node) not in inside) for name in names)


@pytest.mark.parametrize("module", [name for name in MODULES if not name.endswith("__init__")])
def test_data_flows_one_way(module: str) -> None:
    for imported, _ in imports(MODULES[module]):
        if imported.startswith("kbrollout.") and not imported.endswith("__version__"):
            assert stage_of(imported) <= stage_of(module), f"{module} imports {imported}, of a later stage"


def test_model_and_errors_import_nothing_of_ours() -> None:
    for module, path in MODULES.items():
        if module.startswith("kbrollout.model") or module == "kbrollout.errors":
            ours = {name for name, _ in imports(path) if name.startswith("kbrollout")}
            assert all(name.startswith("kbrollout.model") for name in ours), module


def test_only_one_module_knows_weasyprint() -> None:
    users = {module for module, path in MODULES.items() for name, _ in imports(path) if name.split(".")[0] == "weasyprint"}
    assert users == {"kbrollout.render.pdf"}


def test_heavy_imports_stand_inside_functions() -> None:
    for module, path in MODULES.items():
        at_the_top = {name.split(".")[0] for name, top in imports(path) if top}
        allowed = {"django"} if module.startswith("kbrollout.tracker") else set()
        assert not at_the_top & HEAVY - allowed, module


def test_only_the_tracker_knows_django() -> None:
    users = {module for module, path in MODULES.items() for name, _ in imports(path) if name.split(".")[0] in ("django", "allauth")}
    assert {module for module in users if not module.startswith("kbrollout.tracker")} == set()


def test_the_tracker_reads_packs_and_nothing_before_them() -> None:
    """It never loads or resolves a site folder: what it knows of one stands in the manifest."""
    allowed = (
        "errors",
        "model",
        "patientdata",
        "grammar",
        "tracker",
        "writing",
        "messages",
        "render",
        "verify",
        "resources",
        "workbookfile",
    )
    for module, path in MODULES.items():
        if module.startswith("kbrollout.tracker"):
            used = {name.split(".")[1] for name, _ in imports(path) if name.startswith("kbrollout.")} - {"__version__"}
            assert used <= set(allowed), module


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["build", "--help"],
        ["check", "--help"],
        ["new", "--help"],
        ["agreement", "--help"],
        ["overview", "--help"],
        ["plan", "--help"],
        ["verify", "--help"],
        ["track", "--help"],
        ["track", "set", "--help"],
        ["serve", "--help"],
        ["doctor", "--help"],
    ],
)
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys\nfrom kbrollout.cli import kbrollout\n"
        f"try:\n    kbrollout({arguments!r})\nexcept SystemExit:\n    print(sorted(m.split('.')[0] for m in sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(ast.literal_eval(done.stderr))
    assert "click" in loaded
    assert not loaded & (HEAVY | {"pydantic", "jinja2", "yaml", "xlsxwriter"})


def test_modules_and_functions_stay_small() -> None:
    for module, path in MODULES.items():
        if module in GENERATED:
            continue
        lines = path.read_text(encoding="utf-8").splitlines()
        assert len(lines) <= 350, f"{module} has {len(lines)} lines: split it"
        for node in ast.walk(ast.parse("\n".join(lines))):
            if isinstance(node, ast.FunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                assert length <= 50, f"{module}.{node.name} has {length} lines: split it"


def test_every_module_says_what_it_is_for() -> None:
    for module, path in MODULES.items():
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), module
