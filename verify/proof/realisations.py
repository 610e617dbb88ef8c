"""Why3's theories realised in Coq: fetched as Debian source, checked by apt, compiled into build/.

Debian packages Why3 without them. The source comes from the mirror that this machine's why3 package
came from, through private lists: the machine's own configuration of apt stays as it is."""

import glob
import os
import re
import shutil
import tarfile

from toolchain import BUILD, COQ_LIBRARY, COQ_PROOFS, REALISATIONS, Failure, coqc, run

APT = os.path.join(BUILD, "apt")
DEBIAN = ["Created-By: Packages", "Origin: Debian"]
NEEDED = """bool/Bool map/Map map/Const int/Abs int/MinMax int/ComputerDivision real/MinMax
real/ExpLog real/PowerReal real/Trigonometry ieee_float/Float32 ieee_float/Float64""".split()


def source_lists():
    """One deb-src line for each archive of this machine that packages come from."""
    fields = "$(SITE) $(RELEASE) $(COMPONENT)"
    listed = run(["apt-get", "indextargets", "--format", fields, *DEBIAN]).stdout
    option = "[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]"
    return [f"deb-src {option} {archive}\n" for archive in sorted(set(listed.splitlines()))]


def fetch():
    """Downloads the source of the installed why3; answers the path of its upstream archive."""
    shutil.rmtree(APT, ignore_errors=True)
    for directory in ("lists/partial", "cache/archives/partial", "none", "source"):
        os.makedirs(os.path.join(APT, directory))
    with open(os.path.join(APT, "sources.list"), "w", encoding="utf-8") as out:
        out.writelines(source_lists())
    apt = ["apt-get", "-qq", "-o", f"Dir::Etc::SourceList={APT}/sources.list"]
    apt += ["-o", f"Dir::Etc::SourceParts={APT}/none", "-o", f"Dir::State::Lists={APT}/lists"]
    apt += ["-o", f"Dir::Cache={APT}/cache", "-o", "APT::Sandbox::User=root"]
    package = run(["dpkg-query", "-W", "-f", "${source:Package}=${source:Version}", "why3"]).stdout
    run([*apt, "update"])
    answer = run([*apt, "source", "--download-only", package], cwd=os.path.join(APT, "source"))
    archives = glob.glob(os.path.join(APT, "source", "*.orig.tar.*"))
    if not archives:
        raise Failure(f"apt-get source {package} failed: {answer.stderr.strip()}")
    return archives[0]


def unpack(archive):
    shutil.rmtree(REALISATIONS, ignore_errors=True)
    with tarfile.open(archive) as tar:
        for member in tar.getmembers():
            found = re.fullmatch(r"[^/]+/lib/coq/(.+\.v)", member.name)
            if found and member.isfile():
                path = os.path.join(REALISATIONS, found.group(1))
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "wb") as out:
                    out.write(tar.extractfile(member).read())


def compile_realisations():
    files = [name + ".v" for name in NEEDED]
    order = run(["coqdep", "-R", ".", "Why3", "-sort", *files], cwd=REALISATIONS).stdout.split()
    for name in order:
        answer = coqc(name, REALISATIONS)
        if answer.returncode:
            raise Failure(f"coqc rejects Why3's {name}: {answer.stderr.strip()}")


def prepare(again=False):
    """Compiles Why3's theories (once, or again) and our own theory of rounding (always)."""
    done = os.path.join(REALISATIONS, "ieee_float", "Float64.vo")
    if again or not os.path.exists(done):
        unpack(fetch())
        compile_realisations()
    for stale in (COQ_LIBRARY, os.path.join(BUILD, "lemmas")) if again else ():
        shutil.rmtree(stale, ignore_errors=True)
    os.makedirs(COQ_LIBRARY, exist_ok=True)
    for path in sorted(glob.glob(os.path.join(COQ_PROOFS, "*.v"))):
        shutil.copy(path, COQ_LIBRARY)
        answer = coqc(os.path.basename(path), COQ_LIBRARY)
        if answer.returncode:
            raise Failure(f"coqc rejects {os.path.basename(path)}: {answer.stderr.strip()}")
