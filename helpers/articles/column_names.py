"""Which column of a table holds what: its text, its date, its outlet."""

from helpers.files.encodings import decode, divider_of, fold_name

# What people call a column, in lower case without spaces and underscores; the first that says something is taken.
COLUMNS = {
    "text": "text fulltext plaintext articletext bodytext textbody body articlebody maintext content contents "
    "articlecontent storytext story texto textocompleto cuerpo contenido texte texteintegral contenu volltext "
    "artikeltext inhalt conteudo corpo testo contenuto article",
    "title": "title headline articletitle heading titulo titular encabezado titre titel uberschrift schlagzeile "
    "titolo manchete webtitle headlinemain",
    "published": "published publishdate publisheddate publisheddatetime publishedat publishedon publishedtime "
    "datetimepub datepublished datepublish dateofpublication publicationdate webpublicationdate pubdate date "
    "articledate datetime timestamp created createdat creationdate datecreated fecha fechapublicacion "
    "fechadepublicacion datum veroffentlichungsdatum datedepublication datedeparution dateparution datadepublicacao "
    "datadipubblicazione data year publicationyear ano annee jahr anno",
    "updated": "updated updatedat updateddate dateupdated datemodify lastupdated modified modifiedat datemodified "
    "lastmodified modifieddate actualizado fechaactualizacion atualizado aktualisiert misajour aggiornato",
    "event": "event eventdate dateofevent",
    "id": "id docid documentid articleid guid uuid storyid proquestdocumentid key identifier article",
    "url": "url link uri permalink address weburl webpage articleurl href documenturl proquestdocumentlink",
    "outlet": "outlet newspaper publication publicationname publicationtitle pubtitle publisher medianame media "
    "mediaoutlet sitename sourcename sourcehostname source sourcedomain domain medio periodico fuente zeitung quelle "
    "journal jornal veiculo fonte giornale testata",
    "byline": "byline author authors writer journalist reporter autor autores auteur verfasser autore bylineoriginal",
}
COLUMNS = {field: names.split() for field, names in COLUMNS.items()}
# Of these a date is taken only where no other column dates the article: they may be of the row itself.
STORED = "created createdat creationdate datecreated timestamp".split()
MONTHS = {"month", "mes", "mois", "monat", "mese"}  # a column that may stand beside one of years, and is not read
NO_COLUMN = "no column is known to be"
# What of a record says it: a source's name, a text's words, a database's date or id.
NAMING = "name title main original rendered text value $date $numberLong $oid".split()
Record = tuple[int, dict | str]  # the row and what it holds, or why it cannot be used


def names_above(text: str) -> set[str]:
    """The names in the first line of a CSV that holds anything, as they are compared."""
    header = next((line for line in text.split("\n") if line.strip()), "")
    return {fold_name(column) for column in header.split(divider_of(header))}


def is_name_column(column: str) -> bool:
    """Whether a column taken for the text may as well hold the articles' names."""
    return fold_name(column) == "article"


def find_columns(
    names: list[str], columns: dict[str, str], form: str = "In a CSV the first line must hold the names"
) -> dict[str, list[str]]:
    """Which columns are which field: the one told, else all by their names, the likeliest first. `form` is what else to
    do where none can be the text.

    raises  ValueError naming the columns where one that was told is not there, or none can be the text
    """
    if not names:
        raise ValueError("no rows with named values")
    if twice := sorted({name for name in names if name and names.count(name) > 1}):
        raise ValueError(f"the column {twice[0]!r} stands twice. Rename one")
    for name in filter(None, columns.values()):
        if name not in names:
            raise ValueError(f"no column {name!r}, which columns={columns} names. The columns are: {some(names)}")
    folded = {name: fold_name(name) for name in names if name not in columns.values()}
    found = {field: [name] for field, name in columns.items() if name}
    for field in (field for field in COLUMNS if field not in columns):
        taken = [name for called in found.values() for name in called]
        called = [name for known in COLUMNS[field] for name in folded if folded[name] == known and name not in taken]
        if field == "text" and len(called) > 1 and folded[called[-1]] == "article":
            called = called[:-1]  # beside a text, it is the article's name
        if field == "text" and "bodytext" in map(folded.get, called):
            called = [name for name in called if folded[name] != "body"]  # the same with its markup, of the Guardian
        called = [name for name in called if folded[name] not in STORED] or called
        found |= {field: called} if called else {}
    if "text" not in found:
        remedy = f"Call the column text, or say load_articles(source, columns={{'text': 'its name'}}). {form}"
        raise ValueError(f"{NO_COLUMN} the text. The columns are: {some(names)}. {remedy}")
    return found


def some(names: list[str]) -> str:
    return ", ".join(repr(str(name)[:40]) for name in names[:12]) + (", …" if len(names) > 12 else "")


def is_known(name: str) -> bool:
    return any(fold_name(name) in names for names in COLUMNS.values())


def names_in(records: list[Record]) -> list[str]:
    """The names of all records, in the order in which they come."""
    return list(dict.fromkeys(name for _, record in records if isinstance(record, dict) for name in record))


def as_words(value, between: str = ", ") -> str:
    """A value as text, in whole characters: a list by its members, a record by its name or by what a database writes
    for a date or id."""
    if value is None or value != value:
        return ""
    if isinstance(value, dict):
        parts = [str(value[part]).zfill(2) for part in ("year", "month", "day") if value.get(part)]
        return as_words(next((value[name] for name in NAMING if name in value), "-".join(parts)), between)
    if isinstance(value, list | tuple):
        return between.join(filter(None, map(as_words, value)))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    words = (decode(value) if isinstance(value, bytes) else str(value)).strip()
    return words if words.isascii() else words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
