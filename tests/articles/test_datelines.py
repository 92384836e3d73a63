"""A dateline is told from a sentence that begins with a name in capitals."""

import pytest

from helpers.articles.datelines import find_dateline


@pytest.mark.parametrize(
    "dateline",
    [
        "CIUDAD JUÁREZ, Mexico (AP) – ",
        "EL PASO, Texas — ",
        "WASHINGTON (Reuters) - ",
        "WASHINGTON, D.C. – ",
        "MEXICO CITY, March 8 (Xinhua) -- ",
        "MEXICO CITY, 8 March (UPI) — ",
        "MONTERREY, Nuevo León, Mexico — ",
        "NOGALES, Ariz., March 8, 2021 (AP) _ ",
        "SAN DIEGO, Calif., March 8 — ",
        "TIJUANA, B.C. (Notimex) - ",
        "ST. LOUIS (AP) — ",
        "NEW YORK, March 8, 2021 /PRNewswire/ -- ",
        "MEXICO CITY — ",
        "WASHINGTON — ",
        "Mexico City, Mar 8 (EFE).- ",
        "Ciudad Juárez, Chih.- ",
        "MEXICO CITY/WASHINGTON (Reuters) - ",
        "(CNN) -- ",
        "Berlin (dpa) - ",
        "TIJUANA/MEXICALI — ",
        "NACOZARI, March 8 — ",
    ],
)
def test_a_dateline_ends_with_its_dash(dateline):
    assert find_dateline(f"{dateline}Officers stopped two trucks.") == dateline


@pytest.mark.parametrize(
    "text",
    [
        "NAFTA — the trade accord — was signed.",
        "PEMEX — The company is large.",
        "HEROIN — Officers found much of it.",
        "(Laughter) — Officers joined in.",
        "COVID-19 — The illness came first.",
        "CALDERÓN-HINOJOSA met his guests.",
        "U.S. officials — Two of them — said so.",
        "ICE — The agency is small.",
        "Mexico — The country has grown.",
        "Officers in Nogales (Sonora) - said so.",
        "MEXICO CITY is large — The largest of all.",
        "Texas, Arizona (and others) - all of them - agreed.",
    ],
)
def test_a_sentence_keeps_its_first_words(text):
    assert find_dateline(text) == ""
