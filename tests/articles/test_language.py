"""English is told from other languages, however plain or full of names it is."""

import pandas as pd
import pytest

from helpers.articles.language import FEWEST, not_english

OTHERS = {
    "Spanish": "El presidente de México y su homólogo estadounidense se reunieron el martes en la capital para "
    "hablar de la cooperación en materia de seguridad. No se habló de las armas, y a los periodistas "
    "no me dejaron entrar. Dicen que he aquí otra reunión, otra fotografía y nada más.",
    "French": "Le président mexicain et son homologue américain se sont rencontrés mardi pour parler de la "
    "coopération. On ne peut pas continuer ainsi, a dit le ministre. Or l'opposition a critiqué cet "
    "accord. Depuis dix ans, la violence a fait des milliers de morts, et on a appris que l'armée "
    "restera dans les rues. Le but est clair.",
    "German": "Der Präsident traf sich am Dienstag in der Hauptstadt mit dem Minister. So kann es nicht "
    "weitergehen, sagte er in Berlin. Also bleibt die Armee in den Straßen, bis die Polizei so weit "
    "ist. Was das heißt, will man in der Stadt nicht sagen. An der Grenze war es ruhig.",
    "Portuguese": "O presidente do México e o seu homólogo reuniram-se a fim de falar do acordo e as partes não "
    "disseram as razões a ninguém. No fim do dia, as forças armadas ficaram nas ruas até a polícia "
    "estar pronta, e as pessoas não sabem o que fazer a seguir. Disseram-me que a embaixada não "
    "comenta as críticas do lado mexicano.",
}
OTHERS |= {
    "Danish": "Præsidenten mødtes tirsdag med sin amerikanske kollega for at tale om samarbejde. Han sagde, at volden "
    "har kostet tusinder livet over de sidste ti år. Der var ikke noget nyt for journalisterne, men under mødet blev "
    "der talt om våben og penge.",
    "Norwegian": "Presidenten møtte tirsdag sin amerikanske kollega for å snakke om samarbeid. Det var ikke noe nytt "
    "for journalistene, men under møtet ble det snakket om våpen, og om hva som skal skje etter valget for alle.",
    "Dutch": "De president sprak dinsdag met zijn Amerikaanse collega over samenwerking. Er was geen nieuws voor de "
    "journalisten, maar er was wel sprake van wapens, en over wat er na de verkiezingen moet gebeuren had hij niets "
    "gezegd.",
}
ENGLISH = {
    "news": "Officials said on Tuesday that the two countries had agreed to share more of what they know "
    "about the routes which the cartels use, and that a working group would meet twice a year.",
    "many names": "Treasury Secretary Janet Yellen, Homeland Security Secretary Alejandro Mayorkas, Attorney "
    "General Merrick Garland and Foreign Secretary Alicia Bárcena met in Mexico City with President "
    "Andrés Manuel López Obrador to discuss fentanyl trafficking, and they will meet again in "
    "Washington.",
    "addresses": "The plan is at "
    "[https://example.org/wp-content/uploads/2025/04/plan-of-action-for-the-border.pdf?x=1&y=2] and "
    "it will be read by both of the governments in the weeks that follow the summit "
    "https://example.org/a/b/c/d.",
}


def judged(texts):
    return not_english(pd.DataFrame({"article": range(len(texts)), "text": list(texts)})).tolist()


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages_are_not_english(language):
    assert judged([OTHERS[language]]) == [True]


@pytest.mark.parametrize("kind", ENGLISH)
def test_english_is_english(kind):
    assert judged([ENGLISH[kind]]) == [False]


def test_the_seeds_are_english(articles):
    assert not not_english(articles).any()


def test_the_floor_is_a_part_of_the_words_and_few_words_are_not_judged():
    assert judged(["the " * 5 + "zzz " * 95, "the " * 4 + "zzz " * 96, "as in a for " * 25]) == [False, True, True]
    assert judged(["zzz " * (FEWEST - 1), ""]) == [pd.NA, pd.NA]
