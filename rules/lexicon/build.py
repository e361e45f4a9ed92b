#!/usr/bin/env python3
"""Rebuilds names.csv from lists of names of medicines; README.md says where they come from.

Usage: python3 build.py FOLDER

FOLDER holds the unpacked packages. Needs PyYAML to read the generics that the pack knows.
"""

import bz2
import collections
import csv
import pathlib
import pickle
import re
import sys
import unicodedata

import yaml

HERE = pathlib.Path(__file__).parent
PACK = HERE.parent / "microneedling" / "medicine-groups.yaml"
WORDS = HERE.parent.parent / "engine" / "src" / "medicine" / "words.tsv"

# Words behind a generic that do not make it another medicine. They only serve to find the generic here.
SALTS = set(
    """acetate adipate alginate aluminium aluminum anhydrous arginine ascorbate aspartate axetil benzathine benzoate
    besilate besylate bisulfate bitartrate bromide calcium camphorate camsilate camsylate carbamate carbonate chloride
    cilexetil citrate decanoate diacetate dihydrate dihydrochloride diphosphate dipropionate disodium edisilate
    edisylate embonate enantate enanthate esilate esylate estolate ethyl etexilate fumarate furoate gluceptate
    gluconate hemihydrate hemifumarate hippurate hyclate hydrate hydrobromide hydrochloride hydroiodide hydrogen
    hydroxide iodide isethionate isetionate lactate lactobionate laurate lysine magnesium maleate malate malonate
    medoxomil meglumine mesilate mesylate methylsulfate metilsulfate mofetil monohydrate monohydrochloride mononitrate
    mucate napsilate napsylate nicotinate nitrate olamine oleate orotate oxalate palmitate pamoate pantothenate
    pentahydrate phenylpropionate phosphate pivalate pivoxil potassium proxetil propionate salicylate sesquihydrate
    sodium stearate succinate sulfate sulphate sulfonate tannate tartrate teoclate tetrahydrate thiocyanate tosilate
    tosylate trihydrate triphosphate trisodium tromethamine trometamol undecanoate undecylenate valerate xinafoate
    zinc acid hcl recombinant human hydrous dihydrobromide dimesylate ditosylate hexahydrate unspecified form racemic
    hemisulfate erbumine""".split()
)

# Words in the sources that alone are no names of medicines, or too short to be sure.
NO_NAMES = set("acid acide acidum alcohol extract factor human oil powder salt vitamin water".split())

# The longest name that people type.
LETTERS, WORDS_OF_NAME = 40, 5

# Words that say that something is not taken, or that are no part of a name.
NO_FIRST_WORDS = set("a an and for i in my no non not of off on or per stop the to with".split())


class Plain(pickle.Unpickler):
    """Reads texts, lists and dictionaries, and refuses to make anything else."""

    def find_class(self, module, name):
        raise pickle.UnpicklingError(f"{module}.{name} is no plain data")


def fold(text):
    """The words of a name as the engine compares them."""
    text = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in text if not unicodedata.combining(c)).lower()
    return " ".join(re.findall(r"[a-z0-9]+", text))


def only(folder, pattern):
    found = sorted(folder.rglob(pattern))
    if not found:
        sys.exit(f"{folder}: there is no {pattern}; README.md says which packages are needed")
    return found[0]


def pack_names():
    """Every spelling that the pack knows, with the medicine it writes for it."""
    names = {}
    pack = yaml.safe_load(PACK.read_text(encoding="utf-8"))
    for group in pack["groups"]:
        for generic in group.get("generics", []):
            names[fold(str(generic))] = str(generic)
    for group in pack["groups"]:
        for member in group["members"]:
            if set(member) == {"name", "ask_route"}:
                continue  # A brand that is several medicines.
            for name in [member["name"], *member.get("also", [])]:
                names.setdefault(fold(str(name)), str(member["name"]))
    return names


def grammar():
    """The words around names, and which of them are salts."""
    lines = WORDS.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {row[0] for row in rows}, {row[0] for row in rows if row[1] == "salt"}


class Sources:
    def __init__(self, folder):
        self.unii = collections.defaultdict(list)
        self.by_code = collections.defaultdict(set)
        path = only(folder, "UNII_Names.txt")
        with path.open(encoding="utf-8", errors="replace") as rows:
            next(rows)
            for row in rows:
                cells = row.rstrip("\n").split("\t")
                if len(cells) < 4 or cells[1] not in ("bn", "cn", "of"):
                    continue
                if "IMPURITY" in cells[0]:
                    continue
                name = fold(re.sub(r"\[[^]]*\]", "", cells[0]))  # Who writes it so: `[WHO-IP LATIN]`.
                self.unii[name].append((cells[2], cells[3]))
                self.by_code[cells[2]].add(name)
        path = only(folder, "drug_ner_dictionary.pkl.bz2")
        variants = Plain(bz2.open(path)).load()["drug_variant_to_canonical"]
        self.ner = collections.defaultdict(set)
        for name, generics in variants.items():
            self.ner[fold(name)].update(generics)
        path = only(folder, "synonyms.dat")
        self.standards = collections.defaultdict(set)
        with path.open("rb") as file:
            for name, generic in Plain(file, encoding="utf-8").load().items():
                self.standards[fold(name)].add(generic)


class Resolver:
    def __init__(self, sources, known):
        self.sources = sources
        self.known = known

    def known_as(self, text):
        """The spellings in the pack that a generic of a source stands for."""
        folded = fold(text)
        words = [word for word in folded.split() if word not in SALTS]
        for candidate in (folded, " ".join(words), " ".join(w for w in words if not w.isdigit())):
            if candidate in self.known:
                return {candidate}
        return set()

    def of_generic(self, text, codes):
        found = self.known_as(text)
        codes = set(codes) | {code for code, _ in self.sources.unii.get(fold(text), ())}
        for code in () if found else codes:
            for name in self.sources.by_code[code]:
                found |= self.known_as(name)
        if not found:
            folded = fold(text)
            for other in self.sources.ner.get(folded, set()) | self.sources.standards.get(folded, set()):
                found |= self.known_as(other)
        return found

    def of_name(self, name):
        """The generics of a name and the sources that say so; none where one part is not known."""
        generics, said_by = set(), []
        claims = [("unii", [generic], {code}) for code, generic in self.sources.unii.get(name, [])]
        for generic in self.sources.ner.get(name, ()):
            if "(" in generic and claims:
                continue  # A use, such as `(opioid dependence)`; another source has the generic.
            parts = [part for part in re.split(r",| and | with |/|;|\+", generic.lower()) if part.strip()]
            claims.append(("ner", parts, ()))
        claims += [("drugstandards", [generic], ()) for generic in self.sources.standards.get(name, ())]
        for source, parts, codes in claims:
            for part in parts:
                found = self.of_generic(part, codes)
                if not found:
                    return set(), []
                generics |= {self.known[one] for one in found}
            if source not in said_by:
                said_by.append(source)
        return generics, said_by


def is_name(name):
    words = name.split()
    return (
        4 <= len(name) <= LETTERS
        and len(words) <= WORDS_OF_NAME
        and name not in NO_NAMES
        and words[0] not in NO_FIRST_WORDS
        and not {"component", "related"}.intersection(words)
        and any(re.fullmatch(r"[a-z]{4,}", word) for word in words)
        # Formulas, such as `1 2 benzisothiazol 3 acetamide`.
        and sum(word.isdigit() or len(word) == 1 for word in words) <= 1
    )


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    known = pack_names()
    sources = Sources(pathlib.Path(sys.argv[1]))
    resolver = Resolver(sources, known)
    around, salts = grammar()
    everyday = set((HERE / "everyday-words.txt").read_text(encoding="utf-8").splitlines())
    rows = []
    for name in sorted(set(sources.unii) | set(sources.ner)):
        if not is_name(name):
            continue
        bare = " ".join(word for word in name.split() if word not in salts)
        first, _, rest = name.partition(" ")
        counted = first.isdigit() and (rest in known or rest in sources.unii or rest in sources.ner)
        if (bare != name and bare in known) or counted or around.issuperset(name.split()):
            continue  # The grammar reads them.
        generics, said_by = resolver.of_name(name)
        if not generics or {fold(one) for one in generics} == {name}:
            continue
        kind = "word" if name in everyday else "name"
        rows.append([name, "; ".join(sorted(generics)), kind, "", " ".join(said_by)])
    with (HERE / "names.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["name", "generics", "kind", "country", "source"])
        writer.writerows(rows)
    print(f"{len(rows)} names")


if __name__ == "__main__":
    main()
