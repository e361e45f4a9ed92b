"""Renders the questionnaire with LHC-Forms in headless Chromium: every item must be shown, and nothing go wrong.

The questionnaire is rendered twice: as it is, and without its conditions (`enableWhen`), so that no item is hidden.
LFORMS names the unpacked npm package `lforms`. SHOTS names a folder for pictures of the pages.
"""

import html
import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from common import RULES, as_json, missing

PAGE = """<!doctype html><meta charset="utf-8">
<link rel="stylesheet" href="{lforms}/webcomponent/styles.css">
<div id="form"></div><pre id="told"></pre>
<script>
const wrong = [];
addEventListener("error", event => wrong.push(String(event.message)));
addEventListener("unhandledrejection", event => wrong.push(String(event.reason)));
const error = console.error;
console.error = (...words) => {{ wrong.push(words.join(" ")); error(...words); }};
</script>
<script src="{lforms}/webcomponent/assets/lib/zone.min.js"></script>
<script src="{lforms}/webcomponent/lhc-forms.js"></script>
<script src="{lforms}/fhir/R4/lformsFHIR.min.js"></script>
<script>
const questionnaire = {questionnaire};
LForms.Util.addFormToPage(questionnaire, "form", {{fhirVersion: "R4"}}).then(() => new Promise(done => setTimeout(done, 1000)))
    .catch(why => wrong.push(String(why))).finally(() => {{
        const ids = [...document.querySelectorAll("#form [id]")].map(element => element.id);
        const told = {{wrong, ids, text: document.getElementById("form").innerText}};
        document.getElementById("told").textContent = JSON.stringify(told);
        document.getElementById("told").hidden = true;
    }});
</script>
"""


def items(parent):
    """All items, with those in them."""
    for item in parent.get("item", []):
        yield item
        yield from items(item)


def rendered(chromium, lforms, questionnaire, name):
    """What the page shows, and what went wrong in it."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        # `</` would end the script.
        text = json.dumps(questionnaire).replace("</", "<\\/")
        page.write_text(PAGE.format(lforms=lforms.as_uri(), questionnaire=text), encoding="utf-8")
        words = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files",
                 "--virtual-time-budget=60000", "--window-size=1000,6000", f"--user-data-dir={folder}/profile"]
        if shots := os.environ.get("SHOTS"):
            shot = f"--screenshot={shots}/{name.replace(' ', '_')}.png"
            subprocess.run([*words, shot, page.as_uri()], check=True, capture_output=True, timeout=300)
        done = subprocess.run([*words, "--dump-dom", page.as_uri()], check=True, capture_output=True, timeout=300)
    told = re.search(r'<pre id="told"[^>]*>(.*?)</pre>', done.stdout.decode(), re.DOTALL)
    assert told and told[1], f"{name}: the page was not ready in time: {done.stderr.decode()[-2000:]}"
    return json.loads(html.unescape(told[1]))


def is_help(item):
    """Whether an item is the help of the one around it."""
    codes = [code["code"] for more in item.get("extension", []) for code in
             more.get("valueCodeableConcept", {}).get("coding", [])]
    return "help" in codes


def words(text):
    """A text without regard to blanks."""
    return " ".join(text.split())


def check(chromium, lforms, questionnaire, name, expected):
    """Renders a questionnaire; each of `expected` must be shown."""
    told = rendered(chromium, lforms, questionnaire, name)
    assert not told["wrong"], f"{name}: {told['wrong'][:3]}"
    text = words(told["text"])
    # LHC-Forms begins its ids with the link id of the item; help is behind a button of the question.
    ids = {shown.split("/")[0] for shown in told["ids"]}
    helps = {item["linkId"]: f"help-button-{parent['linkId']}" for parent in items(questionnaire)
             for item in parent.get("item", []) if is_help(item)}
    lost = [item["linkId"] for item in expected
            if (helps[item["linkId"]] not in ids if item["linkId"] in helps else
                f"item-{item['linkId']}" not in ids or words(item.get("text", "")) not in text)]
    assert not lost, f"{name}: not shown: {lost}"
    print(f"{name}: {len(expected)} items are shown, {len(helps.keys() & {item['linkId'] for item in expected})} "
          "of them as help")


def main():
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        missing("chromium")
    lforms = Path(os.environ.get("LFORMS", "package")).resolve() / "dist/lforms"
    if not lforms.is_dir():
        missing("lforms")
    for name, rules in RULES.items():
        questionnaire = as_json(*rules, "questionnaire", "--format", "fhir")
        always = [item for item in items(questionnaire) if "enableWhen" not in item]
        hidden = {id(inner) for item in items(questionnaire) if "enableWhen" in item for inner in items(item)}
        always = [item for item in always if id(item) not in hidden]
        check(chromium, lforms, questionnaire, f"{name} as it is", always)
        for item in items(questionnaire):
            item.pop("enableWhen", None)
            item.pop("enableBehavior", None)
        check(chromium, lforms, questionnaire, f"{name} without conditions", list(items(questionnaire)))


main()
