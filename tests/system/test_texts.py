"""What the texts say is true: the map of the code, the READMEs, the man pages and the example configuration are
compared with the files, the tests and the programs themselves."""
import re
import shutil
import subprocess

import pytest

from daemon import BUILD
from test_shipped import SOURCE

PROGRAMS = {"cpr-auditd": "etc/cpr-auditd.8", "cpr-audit": "etc/cpr-audit.1"}
READMES = ["README.md", "src/README.md",
           *sorted(str(path.relative_to(SOURCE)) for path in SOURCE.glob("src/*/README.md"))]
# What each exit code is about, in the words that a text may use for it. 0 to 3 are also those of `cpr-audit status`.
CODES = {0: "done|ended|well", 1: "look at it", 2: "urgent", 3: "no daemon", 64: "usage|command line", 65: "case|store",
         66: "file", 69: "operator|person|unavailable", 71: "system|signals", 74: "output", 75: "later|again",
         76: "reply", 77: "permission|socket|directories", 78: "configuration"}


def text(path):
    return (SOURCE / path).read_text()


def section(path, title):
    return re.search(rf"^## {re.escape(title)}$(.*?)(?=^## |\Z)", text(path), re.M | re.S)[1]


def help_of(program):
    return subprocess.run([BUILD / program, "--help"], check=True, capture_output=True, text=True, timeout=60).stdout


def tracked():
    """The files of the project; where there is no git, all that is not built."""
    done = subprocess.run(["git", "-C", SOURCE, "ls-files", "-z"], capture_output=True, text=True)
    names = done.stdout.split("\0") if done.returncode == 0 else [
        str(path.relative_to(SOURCE)) for path in SOURCE.rglob("*")
        if not re.match(r"build|\.git/|.*__pycache__", str(path.relative_to(SOURCE)))]
    return [SOURCE / name for name in names if name and (SOURCE / name).is_file()]


@pytest.fixture(scope="module")
def tests_there_are():
    names = set()
    for path in (SOURCE / "tests").rglob("*"):
        if path.suffix in (".c", ".py"):
            names |= set(re.findall(r"^(?:static void|def) (\w+)\(", path.read_text(), re.M))
    return names


# --- the READMEs ---------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("room", sorted(path.name for path in (SOURCE / "src").iterdir() if path.is_dir()))
def test_the_map_names_every_file_of_a_room_and_no_other(room):
    [paragraph] = [part for part in section("src/README.md", "Every file").split("\n\n") if f"**{room}**" in part]
    assert set(re.findall(r"`(\w+\.c)`", paragraph)) == {path.name for path in (SOURCE / "src" / room).glob("*.c")}


def test_each_promise_names_tests_that_exist(tests_there_are):
    rows = [row.split("|")[1:4] for row in section("README.md", "Promises, and the tests that show them").splitlines()
            if row.startswith("| **P")]
    assert [re.match(r" \*\*(P\d)", promise)[1] for promise, _, _ in rows] == [f"P{number}" for number in range(1, 10)]
    for promise, shown, _ in rows:
        names = set(re.findall(r"`(\w+)`", shown))
        assert names and names <= tests_there_are, (promise, names - tests_there_are)


@pytest.mark.parametrize("path", READMES)
def test_a_test_or_file_that_a_readme_names_exists(path, tests_there_are):
    names = set(re.findall(r"`([a-z0-9]+(?:_[a-z0-9]+){3,})`", text(path)))
    functions = {name for name in names if name.startswith("cpr_")}
    assert names - functions <= tests_there_are, names - functions - tests_there_are
    sources = "".join(header.read_text() for header in SOURCE.rglob("*.h") if "build" not in header.parts)
    assert not [name for name in functions if name + "(" not in sources]
    for target in re.findall(r"\]\((?!https:)([^)#]+)\)", text(path)):
        assert (SOURCE / path).parent.joinpath(target).exists(), target


# --- the man pages -------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("program", PROGRAMS)
def test_help_and_man_page_name_the_same_options_and_verbs(program):
    usage, page = help_of(program), text(PROGRAMS[program])
    flags = {f"-{flag}" for line in re.findall(r"^\.(.*\bFl .*)", page, re.M)
             for flag in re.findall(r"(?:\bFl|\|) (-?[a-zA-Z][\w-]*)", line) if "Cm" not in line.split("|")[-1]}
    assert set(re.findall(r"(?<![\w-])--?[a-zA-Z][\w-]*", usage)) == flags
    assert set(re.findall(r"^  ([a-z]+) ", usage, re.M)) == set(re.findall(r"^\.It Cm ([a-z]+)", page, re.M))


def codes_of_page(program):
    """Code to what is said of it; a code that stands twice has both texts."""
    codes = {}
    status = text(PROGRAMS[program]).split(".Sh EXIT STATUS")[1].split("\n.Sh ")[0]
    for code, said in re.findall(r"^\.It (\d+)\n(.*?)(?=^\.It |^\.El)", status, re.M | re.S):
        codes[int(code)] = codes.get(int(code), "") + said
    return codes


def codes_of_words(words):
    return {int(code): said for code, said in re.findall(r"\b(\d\d?) ([^,;.]*)", words)}


@pytest.mark.parametrize("program", PROGRAMS)
def test_an_exit_code_means_the_same_in_help_and_man_page(program):
    page = codes_of_page(program)
    told = codes_of_words(re.search(r"Exit codes(.*?)(?:Signals|See cpr-audit)", help_of(program), re.S)[1])
    assert len(told) >= 6 and set(told) <= set(page), set(told) - set(page)
    for codes in (page, told):
        for code, said in codes.items():
            assert re.search(CODES[code], said.lower()), (code, said)


def test_the_readme_has_the_exit_codes_of_both_programs():
    told = codes_of_words(section("README.md", "Exit codes").replace("\n", " "))
    assert set(told) == {code for program in PROGRAMS for code in codes_of_page(program)}
    for code, said in told.items():
        assert re.search(CODES[code], said.lower()), (code, said)


@pytest.mark.parametrize("page", [*PROGRAMS.values(), "etc/cpr-auditd.conf.5"])
def test_a_man_page_has_no_fault_of_style(page):
    if not shutil.which("mandoc"):
        pytest.skip("mandoc is not installed")
    done = subprocess.run(["mandoc", "-T", "lint", SOURCE / page], capture_output=True, text=True, timeout=60)
    assert not [line for line in (done.stdout + done.stderr).splitlines()
                if "referenced manual" not in line and "mandoc.db" not in line]


# --- the configuration ---------------------------------------------------------------------------------------------

@pytest.fixture(scope="module")
def keys():
    """(section, key) to its default, as the program knows them."""
    done = subprocess.run([BUILD / "tests/config_keys"], check=True, capture_output=True, text=True, timeout=60)
    return {tuple(line.split("\t")[0].split(".")): line.split("\t")[1] for line in done.stdout.splitlines()}


def test_the_man_page_has_every_key_in_its_section_and_no_other(keys):
    documented = set()
    for part in text("etc/cpr-auditd.conf.5").split("\n.Ss [")[1:]:
        for line in re.findall(r"^\.It (Ic .*)", part, re.M):
            documented |= {(re.match(r"\w+", part)[0], key) for key in re.findall(r"Ic (\w+)", line)}
    assert documented == set(keys)


def test_the_example_has_every_key_with_its_default_and_no_other(keys):
    shown, where = {}, None
    for line in text("etc/cpr-auditd.conf").splitlines():
        if opened := re.match(r"#?\[(\w+)", line):
            where = opened[1]
        elif pair := re.match(r"(#?)([a-z_]+) =(.*)", line):
            shown.setdefault((where, pair[2]), []).append((pair[1], pair[3].strip()))
    assert set(shown) == set(keys)
    for key, default in keys.items():
        if default != "required" and default:
            assert [value for mark, value in shown[key] if mark and value == default], (key, default, shown[key])


# --- every file ----------------------------------------------------------------------------------------------------

def test_each_trouble_of_the_engine_has_its_advice_in_the_letter():
    kinds = set()
    for path in SOURCE.glob("src/engine/*.c"):
        kinds |= set(re.findall(r'cpr_engine_trouble_(?:begins|once|inside)\(\s*[\w>-]+,\s*"([\w-]+)"', path.read_text()))
    advice = set(re.findall(r'^    \{"([\w-]+)"', text("src/record/letter_trouble.c"), re.M))
    assert len(kinds) > 8 and kinds <= advice, kinds - advice


def test_no_file_speaks_of_unfinished_work_or_of_the_workplace():
    words = [first + second for first, second in (
        ("TO", "DO"), ("FIX", "ME"), ("XX", "X:"), ("/wo", "rk/"), ("Co-Author", "ed-By"), ("Cla", "ude"),
        ("Chat", "GPT"), ("Copi", "lot"), ("sub", "agent"))]
    found = [(str(path.relative_to(SOURCE)), word) for path in tracked() for word in words
             if re.search(rf"(?<!\w){word}" if word[0] != "/" else word, path.read_bytes().decode(errors="replace"))]
    assert not found
