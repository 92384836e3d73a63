"""The language of an article is told from a sentence on, in whatever neighbouring language it is."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.articles import language as module
from helpers.articles.language import fault_of_language, known_languages, not_english, tell_languages
from helpers.articles.load import load_articles
from tests.newswire import write_articles

SENTENCES = {
    "Spanish": "El presidente de México y su homólogo estadounidense hablaron el martes de la cooperación.",
    "Portuguese": "O presidente do México e o seu homólogo americano falaram na terça-feira da cooperação.",
    "Catalan": "El president de Mèxic i el seu homòleg nord-americà van parlar dimarts de la cooperació.",
    "Galician": "O presidente de México e o seu homólogo norteamericano falaron o martes da cooperación.",
    "French": "Le président mexicain et son homologue américain ont parlé mardi de la coopération.",
    "Italian": "Il presidente del Messico e il suo omologo americano hanno parlato martedì della cooperazione.",
    "German": "Der mexikanische Präsident und sein amerikanischer Amtskollege sprachen am Dienstag darüber.",
    "Dutch": "De president sprak dinsdag met zijn Amerikaanse collega over samenwerking en veiligheid.",
    "Norwegian": "Presidenten møtte tirsdag sin amerikanske kollega for å snakke om samarbeid og sikkerhet.",
    "English": "The presidents of Mexico and the United States talked on Tuesday about cooperation.",
}
NAMES = (
    "Treasury Secretary Janet Yellen, Homeland Security Secretary Alejandro Mayorkas, Attorney General Merrick Garland "
    "and Foreign Secretary Alicia Bárcena met in Mexico City with President Andrés Manuel López Obrador to discuss "
    "fentanyl trafficking, and they will meet again in Washington."
)
ADDRESS = "https://ejemplo.org/documentos/2025/plan-de-accion-para-la-frontera-y-las-armas.pdf"


def told(*texts):
    return tell_languages(pd.Series(texts, dtype=str))


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_is_enough(language):
    assert told(SENTENCES[language]) == [language]


@pytest.mark.parametrize("language", ["Spanish", "Portuguese", "English"])
def test_every_article_of_a_corpus_is_told(tmp_path, language):
    articles = load_articles(write_articles(tmp_path / "articles.jsonl", language, 60))
    assert set(articles["language"]) == {language} and len(articles) == 60


def test_the_seeds_are_english(articles):
    assert set(articles["language"]) == {"English"} and not not_english(articles).any()


def test_names_and_addresses_do_not_make_english_spanish():
    assert told(NAMES, f"The plan is at {ADDRESS} and the two governments will read it.") == ["English"] * 2


def test_what_is_too_short_to_tell_is_in_no_language():
    assert told("", "Tijuana", "12.5 %", ADDRESS) == [""] * 4
    assert not_english(pd.DataFrame({"language": ["", "English", "Spanish"]})).tolist() == [pd.NA, False, True]


@pytest.mark.parametrize(("spanish", "language"), [(2, "English"), (8, "Spanish")])
def test_an_article_in_two_languages_has_that_of_its_larger_part(tmp_path, spanish, language):
    """Whichever comes first."""
    numbers = {"Spanish": spanish, "English": 10 - spanish}
    parts = [load_articles(write_articles(tmp_path / f"{name}.jsonl", name, n))["text"] for name, n in numbers.items()]
    assert told(*("\n\n".join([*one, *other]) for one, other in (parts, parts[::-1]))) == [language] * 2


@given(st.text())
def test_any_text_is_in_a_known_language_or_in_none(text):
    assert told(text)[0] in {"", *known_languages().values()}


def test_a_language_that_is_not_known_is_named():
    assert fault_of_language("") == fault_of_language("English Spanish") == ""
    assert "'Español'" in fault_of_language("English Español")


@pytest.mark.parametrize("language", ["Spanish", "Portuguese", "English"])
def test_small_words_decide_as_the_model_does(tmp_path, monkeypatch, language):
    articles = load_articles(write_articles(tmp_path / "articles.jsonl", language, 60))
    texts = [*articles["text"], "\n\n".join(articles["text"]), *SENTENCES.values()]
    told = tell_languages(pd.Series(texts))
    monkeypatch.setattr(module, "LEAST", 1_000)
    assert tell_languages(pd.Series(texts)) == told


def test_where_small_words_leave_no_doubt_the_model_is_not_asked(monkeypatch, articles):
    monkeypatch.setattr(module, "_identifier", None)
    assert set(tell_languages(articles["text"])) == {"English"}
    with pytest.raises(TypeError):
        told(f"They said that the {SENTENCES['Spanish']} y los que")  # two languages
