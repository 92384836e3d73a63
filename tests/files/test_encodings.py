"""Bytes are read in the encoding they were written in."""

import pytest

from helpers.files.encodings import decode
from tests.articles.made import ONE, TWO


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "mac-roman"])
@pytest.mark.parametrize("text", ["El presidente Enrique Peña Nieto se reunió con José Meade.", f"{ONE} {TWO}"])
def test_bytes_are_read_in_the_encoding_they_were_written_in(text, encoding):
    assert decode(text.encode(encoding)) == text


def test_latin_1_russian_and_a_file_of_two_encodings_are_read():
    spanish, russian = "México y Michoacán, según Peña", "Президент встретился с министром обороны в понедельник."
    assert decode(spanish.encode("latin-1")) == spanish
    assert decode(russian.encode("cp1251")) == russian
    mixed = f"{spanish}\n{spanish}\n".encode() + spanish.encode("cp1252")
    assert decode(mixed) == f"{spanish}\n{spanish}\n{spanish}"
    assert decode(spanish.encode()[:-3] + b"\xc3\nPe\xc3\xb1a\nPe\xc3\xb1a").endswith("Peña\nPeña")
