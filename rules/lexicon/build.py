#!/usr/bin/env python3
"""Rebuilds names.csv from lists of names of medicines; README.md says where they come from.

Usage: python3 build.py FOLDER

FOLDER holds the unpacked packages. Needs PyYAML to read the generics that the pack knows.
"""

import bz2
import collections
import csv
import functools
import pathlib
import pickle
import re
import sys
import unicodedata

import yaml

HERE = pathlib.Path(__file__).parent
PACK = HERE.parent / "microneedling" / "medicine-groups.yaml"
OWN = HERE / "own.csv"
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

# More of them, where no exact name is found.
MORE_SALTS = SALTS | set(
    """base butanoate butyrate caproate cation cipionate complex cypionate diaspartate dimaleate hemisaccharate
    hexametaphosphate ion metaphosphate monosodium napadisilate napadisylate pidolate pyroglutamate saccharate
    salt""".split()
)

# Water in a salt, and how dry it is.
WATER = set(
    """anhydrous dihydrate hemihydrate heptahydrate hexahydrate hydrate hydrous monohydrate pentahydrate
    sesquihydrate tetrahydrate trihydrate""".split()
)

# Generics of which the pack knows the bare name: `calcium carbonate` is `calcium`.
METALS = set("aluminium calcium iron lithium magnesium potassium sodium zinc".split())

# Acids that are medicines by themselves: `zinc salicylate` is more than `zinc`.
ACTIVE_ACIDS = set("bromide iodide nicotinate salicylate undecylenate".split())

# On which side of the molecule a group is: `lactic acid, L-`.
SIDES = set("d dl l".split())

# Words in the sources that say how a medicine is made or where it goes. Without them the form stays open, and the more
# severe one counts.
MADE = set("complex escherichia coli extract lipid liposomal pyelocalyceal urogenital".split())

# Groups whose members all go to the dermatologist, as unrecognised names do. A weaker proof is enough for them: a
# wrong name in them never makes a verdict less severe.
REVIEWED = set(
    """isotretinoin systemic-retinoid anticoagulant antiplatelet immunosuppressant cancer-medicine steroid
    heart-medicine clotting-treatment antiviral-blood-borne skin-illness-cream medicine-to-ask-about""".split()
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
    """The words of a name as the engine compares them: it drops apostrophes and quotes."""
    text = re.sub(r"['’‘`\"®™©]", "", text)
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


def own_names(known):
    """Every name in `own.csv` that is the same everywhere, of one medicine that the pack knows."""
    medicines = set(known.values())
    with OWN.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["generics"] in medicines and not row["country"]]
    return {row["name"]: row["generics"] for row in rows}


def reviewed_medicines():
    """The medicines of the pack that always go to the dermatologist."""
    pack = yaml.safe_load(PACK.read_text(encoding="utf-8"))
    groups = [group for group in pack["groups"] if group["id"] in REVIEWED]
    members = {str(member["name"]) for group in groups for member in group["members"]}
    return members | {str(generic) for group in groups for generic in group.get("generics", [])}


def same_spelling(words):
    """The words in one order, with one letter where sources differ: `tosylate`, `tosilate`; `oestr`, `estr`."""
    text = " ".join(sorted(words)).replace("sylate", "silate").replace("sylic", "silic")
    return re.sub("oe|ae", "e", text).replace("ph", "f")


def by_spelling(known, reviewed):
    """The names that the pack knows, by spelling. A reviewed medicine is also known without its salt."""
    found, stems = collections.defaultdict(set), collections.defaultdict(set)
    for name, medicine in known.items():
        found[same_spelling(name.split())].add(name)
        stem = [word for word in name.split() if word not in MORE_SALTS]
        if medicine in reviewed and len(stem) == 1 and len(stem[0]) > 6 and not stem[0].endswith("yl"):
            stems[same_spelling(stem)].add(name)
    found = {**stems, **found}
    return {spelling: min(names) for spelling, names in found.items() if len({known[one] for one in names}) == 1}


def grammar():
    """The words around names, which of them are salts, and which are forms or routes."""
    lines = WORDS.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    forms = {row[0] for row in rows if row[1].split()[0] in ("form", "route")}
    return {row[0] for row in rows}, {row[0] for row in rows if row[1] == "salt"}, forms


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
    """Finds the medicines of the pack in a name: by exact names first, and by similar ones where that finds nothing."""

    def __init__(self, sources, known, reviewed, forms):
        self.sources = sources
        self.known = {**own_names(known), **known}
        self.pack = known
        self.reviewed = reviewed
        self.forms = forms
        self.spellings = by_spelling(self.known, reviewed)

    @functools.lru_cache(maxsize=None)
    def known_as(self, text, similar):
        """The spellings in the pack that a generic of a source stands for."""
        words = fold(text).split()
        bare = [word for word in words if word not in SALTS]
        ways = [words, bare, [word for word in bare if not word.isdigit()]]
        for way in ways:
            if " ".join(way) in self.pack:
                return {" ".join(way)}
        if not similar:
            return set()
        bare = [word for word in words if word not in MORE_SALTS]
        ways += [
            bare,
            [word for word in words if word not in WATER],
            [word for word in words if word not in MORE_SALTS - ACTIVE_ACIDS or word in METALS],
            [word for word in bare if word not in self.forms and word not in MADE],
        ]
        ways += [acid(way) for way in ways]
        if "vitamin" not in words:
            ways += [[word for word in way if word not in SIDES] for way in ways]
        for way in ways:
            if " ".join(way) in self.known:
                return {" ".join(way)}
            if same_spelling(way) in self.spellings:
                return {self.spellings[same_spelling(way)]}
        return set()

    def of_generic(self, text, codes, similar):
        found = set(self.known_as(text, similar))
        codes = set(codes) | {code for code, _ in self.sources.unii.get(fold(text), ())}
        for code in () if found else codes:
            for name in self.sources.by_code[code]:
                found |= self.known_as(name, similar)
        if not found:
            folded = fold(text)
            for other in self.sources.ner.get(folded, set()) | self.sources.standards.get(folded, set()):
                found |= self.known_as(other, similar)
        return found

    def of_name(self, name):
        """The generics of a name and the sources that say so; none where one part is not known."""
        generics, said_by = self.of_claims(name, False)
        return (generics, said_by) if generics else self.of_claims(name, True)

    def of_claims(self, name, similar):
        said, not_known = collections.defaultdict(set), False
        claims = [("unii", [generic], {code}) for code, generic in self.sources.unii.get(name, [])]
        for generic in self.sources.ner.get(name, ()):
            if "(" in generic and claims:
                continue  # A use, such as `(opioid dependence)`; another source has the generic.
            if similar and claims and fold(generic) == name:
                continue  # It says nothing about what is in it.
            parts = [part for part in re.split(r",| and | with |/|;|\+", generic.lower()) if part.strip()]
            claims.append(("ner", parts, ()))
        claims += [("drugstandards", [generic], ()) for generic in self.sources.standards.get(name, ())]
        for source, parts, codes in claims:
            for part in parts:
                found = self.of_generic(part, codes, similar)
                if not found and (len(parts) > 1 or not similar):
                    return set(), []
                not_known |= not found  # A name of a source that no other source has.
                said[source] |= {self.known[one] for one in found}
        said = {source: generics for source, generics in said.items() if generics}
        generics = set().union(*said.values())
        if generics <= self.reviewed:
            return generics, list(said)
        agreed = {"unii", "drugstandards"} <= said.keys() and all(one == generics for one in said.values())
        if (not_known and not agreed) or (similar and any(re.fullmatch("[0-9]+[a-z]+", word) for word in name.split())):
            return set(), []
        return generics, list(said)


def acid(words):
    """`ioglycamate` as `ioglycamic acid`."""
    if len(words) == 1 and words[0].endswith("ate"):
        return [words[0].removesuffix("ate") + "ic", "acid"]
    return words


def has_longer(name, bare, known):
    """Whether a name of the pack with a salt inside the name is longer: `arginine hydrochloride`, not `l arginine`."""
    words = name.split()
    ends = [(i, j) for i in range(len(words)) for j in range(i + 2, len(words) + 1)]
    parts = (" ".join(words[i:j]) for i, j in ends)
    return any(part in known and part not in bare for part in parts)


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


def is_code(name):
    """Whether it is a short name or a code of a laboratory: `ddc`, `vp16`, `mk 1439`."""
    words = name.split()
    digits = any(letter.isdigit() for letter in name)
    return (
        len(words) <= (3 if len(words[0]) > 4 else 2)
        and len(name) <= LETTERS
        and not {"component", "related"}.intersection(words)
        and words[0] not in NO_FIRST_WORDS
        and len(re.findall("[a-z]", words[0])) > 1
        and len("".join(words)) > (3 if digits else 2)
    )


def before_forms(forms, name):
    """The names that remain without the forms at the end: `fentanyl` for `fentanyl patch`."""
    words = name.split()
    while len(words) > 1 and words[-1] in forms:
        words.pop()
        yield " ".join(words)


def everyday_words():
    """The everyday words of `own.csv`. The same name in another table would be read in the same way."""
    with OWN.open(encoding="utf-8") as file:
        return {row["name"] for row in csv.DictReader(file) if row["kind"] == "word"}


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    known, reviewed = pack_names(), reviewed_medicines()
    sources = Sources(pathlib.Path(sys.argv[1]))
    around, salts, forms = grammar()
    resolver = Resolver(sources, known, reviewed, forms)
    everyday = set((HERE / "everyday-words.txt").read_text(encoding="utf-8").splitlines())
    words_of_ours = everyday_words()
    rows = []
    for name in sorted(set(sources.unii) | set(sources.ner)):
        if not is_name(name) and not is_code(name):
            continue
        bare = " ".join(word for word in name.split() if word not in salts)
        first, _, rest = name.partition(" ")
        counted = first.isdigit() and (rest in known or rest in sources.unii or rest in sources.ner)
        read = bare != name and bare in known and not has_longer(name, bare, known)
        if read or counted or around.issuperset(name.split()):
            continue  # The grammar reads them.
        if name in words_of_ours:
            continue
        generics, said_by = resolver.of_name(name)
        folded = {fold(one) for one in generics}
        if any({short} == folded or resolver.of_name(short)[0] == generics for short in before_forms(forms, name)):
            continue  # A name with its form, which the grammar reads.
        if not generics or folded == {name}:
            continue
        if not is_name(name) and not generics <= reviewed:
            continue  # A short name is less sure.
        kind = "word" if name in everyday else "name"
        rows.append([name, "; ".join(sorted(generics)), kind, "", " ".join(said_by)])
    with (HERE / "names.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["name", "generics", "kind", "country", "source"])
        writer.writerows(rows)
    print(f"{len(rows)} names")


if __name__ == "__main__":
    main()
