"""Short news articles in Spanish, Portuguese and English, each with its own date, outlet and words."""

import json
import random

LEADS = {
    "Spanish": [
        "{who} anunció el {day} en {place} un nuevo acuerdo sobre {what}.",
        "El {day}, {who} viajó a {place} para hablar de {what} con sus homólogos.",
        "Al menos {n} personas murieron en {place}, informó {who} el {day}.",
        "{who} pidió a Washington más cooperación en materia de {what}.",
    ],
    "Portuguese": [
        "{who} anunciou na {day} em {place} um novo acordo sobre {what}.",
        "Na {day}, {who} viajou para {place} a fim de falar de {what} com os seus homólogos.",
        "Pelo menos {n} pessoas morreram em {place}, informou {who} na {day}.",
        "{who} pediu a Washington mais cooperação em {what}.",
    ],
    "English": [
        "{who} announced a new agreement on {what} in {place} on {day}.",
        "{who} traveled to {place} on {day} to talk about {what} with officials.",
        "At least {n} people died in {place}, {who} said on {day}.",
        "{who} asked Washington for more cooperation on {what}.",
    ],
}
MORE = {
    "Spanish": [
        "“No vamos a permitir que nadie intervenga en nuestro país”, dijo a los periodistas.",
        "Las autoridades decomisaron {n} armas y dos toneladas de droga en un retén.",
        "La oposición criticó que el gobierno no haya dado a conocer el texto completo.",
        "Los vecinos de {place} esperan desde hace meses que lleguen los soldados.",
        "Según la fiscalía, el cártel lavaba dinero en bancos de ambos lados de la frontera.",
        "Las dos partes volverán a reunirse dentro de {n} días.",
    ],
    "Portuguese": [
        "“Não vamos permitir que ninguém intervenha no nosso país”, disse aos jornalistas.",
        "As autoridades apreenderam {n} armas e duas toneladas de droga numa barreira.",
        "A oposição criticou o governo por não ter divulgado o texto completo.",
        "Os moradores de {place} esperam há meses pela chegada dos soldados.",
        "Segundo a procuradoria, o cartel lavava dinheiro em bancos dos dois lados da fronteira.",
        "As duas partes voltam a encontrar-se dentro de {n} dias.",
    ],
    "English": [
        "“We will not allow anyone to intervene in our country,” the official told reporters.",
        "The authorities seized {n} weapons and two tons of drugs at a checkpoint.",
        "The opposition said the government had not made the full text public.",
        "People in {place} have been waiting for months for the soldiers to come.",
        "Prosecutors said that the cartel laundered money through banks on both sides of the border.",
        "The two sides will meet again in {n} days.",
    ],
}
FILLED = {
    "Spanish": {
        "who": ["La secretaria de Seguridad", "El canciller", "El embajador Ken Salazar", "La Guardia Nacional"],
        "day": ["lunes", "martes", "viernes"],
        "what": ["tráfico de armas", "migración", "fentanilo", "comercio"],
    },
    "Portuguese": {
        "who": ["A ministra da Segurança", "O chanceler", "O embaixador Ken Salazar", "A Polícia Federal"],
        "day": ["segunda-feira", "terça-feira", "sexta-feira"],
        "what": ["tráfico de armas", "migração", "fentanil", "comércio"],
    },
    "English": {
        "who": ["The security minister", "The foreign minister", "Ambassador Ken Salazar", "The National Guard"],
        "day": ["Monday", "Tuesday", "Friday"],
        "what": ["arms trafficking", "migration", "fentanyl", "trade"],
    },
}
PLACES = ["Tijuana", "Ciudad Juárez", "Culiacán", "Reynosa", "Ciudad de México", "Guadalajara", "Mérida", "Toluca"]
OUTLETS = ["El Diario", "La Jornada Norte", "Folha do Sul", "The Border Times", "Reforma"]


def write_articles(file, language, number, *, rng=2026):
    """Write articles of three to six sentences as JSON lines, one or two a month from 2010 on; the file."""
    drawn = random.Random(f"{language} {rng}")
    rows = [_article(drawn, language, place) for place in range(number)]
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return file


def _article(drawn, language, place):
    sentences = [drawn.choice(LEADS[language]), *drawn.sample(MORE[language], drawn.randint(2, 5))]
    words = {name: drawn.choice(choices) for name, choices in FILLED[language].items()}
    text = " ".join(s.format(place=drawn.choice(PLACES), n=drawn.randint(3, 40), **words) for s in sentences)
    date = f"{2010 + place % 12}-{1 + place * 7 % 12:02}-{1 + place * 5 % 28:02}"
    name = f"{language.lower()}-{place}"
    return {"id": name, "published": date, "outlet": drawn.choice(OUTLETS), "text": text}
