"""The text of reports: complete, the same with and without colours, and harmless."""

import re
import unicodedata

from memhon.findings import finding_lines, make, summary
from memhon.findings.formats import FORMATS, summary_text, text

COLOUR = re.compile(r"\x1b\[[0-9;]*m")

BAD = """\
f.xml : non valide (forme, schéma) – ra-depot, requête V1

XSD-013 (bloquante, ligne 12, colonne 12) {sentence}

      11 |   <facturier>
    > 12 |     <titre>Docteur & ami</titre>
         |            ^^^^^^^^^^^^^
      13 |   </facturier>

  trouvé      Docteur & ami
  attendu     au plus 7 caractères
  cause       {cause}
  correction  {fix}

    --- f.xml
    +++ f.xml
    @@ -12,1 +12,1 @@
    -    <titre>Docteur & ami</titre>
    +    <titre>Docteur</titre>

  XPath       /ms2:memoireHonoraire/entete/facturier/titre
  page        reference/anomalies/#xsd-013 (memhon explain XSD-013)

XSD-013 (bloquante, ligne 14, colonne 12) {sentence}
"""


def test_the_whole_text_of_a_report(bad):
    wording = make("XSD-013").wording()
    sentence = bad.findings[0].text()
    expected = BAD.format(sentence=sentence, cause=wording.cause, fix=wording.fix)
    assert expected == bad.to_text()[: len(expected)]


def test_cause_and_correction_of_an_id_stand_once(bad):
    told = bad.to_text("en")
    assert 2 == told.count("XSD-013 (error")
    for name in ("cause", "fix", "page"):
        assert 1 == told.count(f"\n  {name} "), name


def test_colours_change_nothing_but_colours(every):
    plain, coloured = text(every), text(every, colour=True)
    assert "\x1b" not in plain
    assert plain == COLOUR.sub("", coloured)
    assert "\x1b[1;31mnon valide\x1b[0m" in coloured
    assert "\x1b[1;33mindécis\x1b[0m" in coloured
    assert FORMATS["text"](every) == plain


def test_lines_are_wrapped_for_a_terminal_only(bad, limited):
    reports = [bad, limited]
    plain, wrapped = text(reports), text(reports, width=60)
    assert max(map(len, wrapped.splitlines())) < max(map(len, plain.splitlines()))
    assert [] == [line for line in wrapped.splitlines() if len(line) > 75]
    assert plain.split() == wrapped.replace("\u00a0", " ").split()


def test_a_message_cannot_steer_the_terminal(hostile):
    for told in (text([hostile]), text([hostile], width=80), "\n".join(hostile.to_text("en"))):
        strange = {c for c in told if unicodedata.category(c) in ("Cc", "Cf", "Cs")} - {"\n"}
        assert set() == strange
    assert "\\x1b[31m" in text([hostile])
    assert "\\udcff" in text([hostile])


def test_what_was_not_judged_is_not_called_wrong(limited, crashed):
    for report in (limited, crashed):
        assert "non jugé" in report.to_text()
        assert "not judged" in report.to_text("en")
        assert "bloquante" not in report.to_text()


def test_a_stopped_layer_is_named(crashed):
    assert "schéma (interrompu)" in crashed.to_text()
    assert "schema (stopped)" in crashed.to_text("en")


def test_the_summary_follows_many_reports_only(good, bad):
    assert "Bilan" not in text([bad])
    assert "Bilan" in text([bad, good])
    assert "Bilan" not in text([bad, good], summary=False)
    assert text([bad, good]).endswith(summary_text(summary([bad, good])))


def test_reports_without_findings_stand_close_together(good, bad):
    assert 0 == text([good, good], summary=False).count("\n\n")
    lines = text([good, bad, good], summary=False).splitlines()
    assert "" == lines[1]
    assert ["", lines[0]] == lines[-2:]


def test_every_finding_can_be_shown_bare(catalogue):
    for finding_id in catalogue.findings:
        for lang in ("fr", "en"):
            first, *rest = finding_lines(make(finding_id), lang)
            assert first.startswith(f"{finding_id} (")
            assert any("explain" in line for line in rest)
            assert [] == finding_lines(make(finding_id), lang, known=True)[1:]
