"""Reading a table: whatever people call a CSV file ends in a dataset or in a sentence."""

import io
from pathlib import Path

import pandas as pd
import pytest

from tempfit import read_csv
from tempfit.data.names import unit
from tempfit.data.pair import read_pair
from tempfit.data.table import read_table, table_of, to_numbers
from tests.data.reading import CELLS, PLAIN, names, pair


@pytest.mark.parametrize(
    "text",
    [
        "t,v\n1.5,10\n2.5,12\n4,18\n",
        "t;v\n1.5;10\n2.5;12\n4;18\n",
        "t;v\n1,5;10\n2,5;12\n4;18\n",
        "t\tv\n1.5\t10\n2.5\t12\n4\t18\n",
        "t\tv\n1,5\t10\n2,5\t12\n4\t18",
        "t v\n1.5 10\n2.5 12\n4 18\n",
        "  t     v\n1.5    10\n 2.5   12\n 4\t18\n",
        "t, v\n1.5, 10\n2.5, 12\n4, 18\n",
        '"t","v"\n"1.5","10"\n"2.5","12"\n"4","18"\n',
        "t,v\r\n1.5,10\r\n2.5,12\r\n4,18\r\n",
        "t,v\r1.5,10\r2.5,12\r4,18\r",
        "t,v,\n1.5,10,\n2.5,12,\n4,18,\n",
        "# made by a program\n# on a day\nt,v\n1.5,10\n2.5,12\n4,18\n",
        "# Station 7, by hand\nt,v\n1.5,10\n2.5,12\n4,18\n",
        "# t v\n1.5 10\n2.5 12\n4 18\n",
        "# of 3 readings\n# t v\n1.5 10\n2.5 12\n4 18\n",
        "# t,v\n1.5,10\n2.5,12\n4,18\n",
        "# Mauna Loa\n# t v trust\n1.5 10 .1\n2.5 12 .2\n4 18 .1\n",
        "# t v\n# end\n1.5 10\n2.5 12\n4 18\n",
        "# 3 rows\n" * 30 + "t,v\n1.5,10\n2.5,12\n4,18\n",
        "Station 7\nmeasured by hand\n\nt;v\n1,5;10\n2,5;12\n4;18\n",
        ",t,v\n0,1.5,10\n1,2.5,12\n2,4,18\n",
        '"t" "v"\n"1" 1.5 10\n"2" 2.5 12\n"3" 4 18\n',
        ",t,v\n4,1.5,10\n7,2.5,12\n5,4,18\n",
        "id,place,t,v\n7,here,1.5,10\n9,there,2.5,12\n12,here,4,18\n",
        "#,t,v\n1,1.5,10\n2,2.5,12\n3,4,18\n",
        "unit,t,v\n1,1.5,10\n1,2.5,12\n1,4,18\n",
        "yes,t,v\nTrue,1.5,10\nFalse,2.5,12\nTrue,4,18\n",
        "t;v\n1.5e0;+10\n2.5;1.2e1\n4.;18\n",
        "t;v\n€1,50;10 %\n€ 2,50;12%\n4;18\n",
        't,v\n"1,5","10"\n"2,5","12"\n"4","18"\n',
        "1,5 10\n2,5 12\n4 18\n".replace("1,5", "t v\n1,5"),
        "Logger, serial 7\nid,t,v\n-,°C,V\na,1.5,10\nb,2.5,12\nc,4,18\n",
        "t;v;;;;\n1,5;10;;;;\n2,5;12;;;;\n4;18;;;;\n",
        "id,title,kinds,t,v\n1,a,x|y;z,1.5,10\n2,b,y|z;z,2.5,12\n3,c,x|y;x,4,18\n",
    ],
)
def test_the_same_readings_come_out_of_every_way_of_writing_them(text: str) -> None:
    dataset = read_csv(text)
    assert pair(dataset) == PLAIN
    assert names(dataset) == ("t", "v")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
def test_every_encoding_gives_the_same_names(encoding: str) -> None:
    dataset = read_csv("Größe [m];T (°C)\n1,5;10\n2,5;12\n4;18\n".encode(encoding))
    assert names(dataset) == ("Größe [m]", "T (°C)")
    assert (unit(dataset.x_name), dataset.y_unit) == ("m", "°C")
    assert pair(dataset) == PLAIN


def test_utf_16_is_read_in_either_order_of_bytes() -> None:
    content = "\ufefft,v\n1.5,10\n2.5,12\n4,18\n"
    for encoding in ("utf-16-le", "utf-16-be"):
        assert pair(read_csv(content.encode(encoding))) == PLAIN


@pytest.mark.parametrize("name", ["T (°C)", "Größe", "U [µV]", "Année", "x²", "Préçis", "Tiefe ±"])
def test_western_names_in_eight_bits_are_not_taken_for_chinese(name: str) -> None:
    assert names(read_csv(f"{name},y\n1,2\n3,4\n".encode("cp1252"))) == (name, "y")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk", "gb18030"])
@pytest.mark.parametrize("named", [("温度", "读数"), ("值", "t"), ("速度(km/h)", "温度(℃)")])
def test_chinese_names_are_read(encoding: str, named: tuple[str, str]) -> None:
    content = f"编号,城市,{','.join(named)}\n1,北京,1.5,10\n2,上海,2.5,12\n3,天津,4,18\n"
    dataset = read_csv(content.encode(encoding), *named)
    assert names(dataset) == named
    assert pair(dataset) == PLAIN


def test_a_byte_without_a_meaning_spoils_only_its_own_cell() -> None:
    assert pair(read_csv(b"\x81,y\n1,2\n3,4\n")) == ([1.0, 3.0], [2.0, 4.0])


def test_a_path_and_an_open_file_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a b.csv"
    path.write_text("t,v\n1.5,10\n2.5,12\n4,18\n")
    with path.open("rb") as binary, path.open() as text:
        for given_as in (path, str(path), binary, text, io.BytesIO(path.read_bytes())):
            assert pair(read_csv(given_as)) == PLAIN


@pytest.mark.parametrize(("cell", "mark", "number"), CELLS)
def test_a_cell_holds_a_number_or_none(cell: str, mark: str, number: float) -> None:
    (found,) = to_numbers(pd.Series([cell], dtype="str"), mark)
    assert found == pytest.approx(number, nan_ok=True)


def test_what_has_no_thousands_has_decimals() -> None:
    assert read_csv("t\tv\n0,125\t1\n1,250\t2\n").x.tolist() == [0.125, 1.25]


def test_a_comma_that_may_be_either_is_a_decimal_comma() -> None:
    for row in ("12,345\t1", "12,34\t1"):
        dataset = read_csv(f"t\tv\n{row}\n23,456\t2\n")
        assert dataset.x.tolist()[1] == pytest.approx(23.456)
    assert read_csv("t;v\n1.234;1\n2.345;2\n").x.tolist() == pytest.approx([1.234, 2.345])


def test_a_decimal_point_may_come_late() -> None:
    text = "a, b\tt\tv\n" + "x, y\t1\t2\n" * 200 + "x, y\t1.234\t3\n"
    assert read_csv(text).x.max().item() == pytest.approx(1.234)


def test_a_decimal_comma_may_come_after_thousands_of_whole_numbers() -> None:
    rows = [f"{place};{place % 7}" for place in range(2000)]
    rows += [f"{place},125;1" for place in range(2000, 4000)]
    reading = read_pair(read_table("\n".join(["t;v", *rows])))
    assert reading.dataset.x.max().item() == 3999.125
    assert len(reading.dropped) == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,2\n3,5\n", ("x", "y")),
        ("1,2,3\n3,5,7\n4,9,7.5\n", ("Column 1", "Column 2")),
        ("Berlin,12,13\nParis,14,15\n", ("Column 2", "Column 3")),
        ("a,a\n1,2\n3,4\n", ("a", "a (2)")),
        ("t,v\ns,m\n1,2\n3,4\n", ("t", "v")),
        ('"Distance\nto the\tsun",=cmd()\n1,2\n3,4\n', ("Distance to the sun", "=cmd()")),
        ("\u202eevil\u202c,مرحبا\n1,2\n3,4\n", ("evil", "مرحبا")),
        ("<b>x</b>,$y_1$\n1,2\n3,4\n", ("<b>x</b>", "$y_1$")),
        (f"{'n' * 10_000},y\n1,2\n3,4\n", ("n" * 10_000, "y")),
    ],
)
def test_columns_are_named_as_the_table_names_them(text: str, expected: tuple[str, str]) -> None:
    assert names(read_csv(text)) == expected


def test_columns_are_chosen_by_name_or_place_among_a_thousand() -> None:
    header = ",".join(f"c{place}" for place in range(1000))
    rows = "\n".join(",".join(str(row * place) for place in range(1000)) for row in range(4))
    table = read_table(f"{header}\n{rows}\n")
    assert list(table.numbers) == list(range(1000))
    assert pair(read_pair(table, "c999", "c7").dataset)[0] == [0, 999, 1998, 2997]
    assert names(read_pair(table, 5, 6).dataset) == ("c5", "c6")
    assert names(read_pair(table, x="c9").dataset) == ("c9", "c1")
    assert names(read_pair(table, y=1).dataset) == ("c2", "c1")
    assert names(read_pair(table).dataset) == ("c1", "c2")


def test_an_index_or_a_constant_stands_in_where_nothing_else_has_numbers() -> None:
    assert names(read_csv("id,name,t\n1,a,5\n2,b,7\n")) == ("id", "t")
    assert names(read_csv("t,unit\n1,5\n2,5\n")) == ("t", "unit")


def test_rows_without_both_numbers_are_dropped_counted_and_listed() -> None:
    reading = read_pair(read_table("x,y\n1,2\n,3\nfoo,4\n5,n/a\n\n7,8,9\n9,10\n"))
    assert pair(reading.dataset) == ([1.0, 9.0], [2.0, 10.0])
    assert reading.left_out(9) == [
        'row 3, "x" is blank',
        'row 4, "x" is "foo"',
        'row 5, "y" is "n/a"',
        "row 7, more cells than columns",
    ]
    assert reading.left_out(1) == ['row 3, "x" is blank', "and 3 more"]


def test_a_column_may_hold_more_words_for_nothing_than_numbers() -> None:
    reading = read_pair(read_table("x,y\n" + "NA,1\n" * 500 + "1,2\n1.5,3\n-,4\n"))
    assert pair(reading.dataset) == ([1.0, 1.5], [2.0, 3.0])
    assert reading.left_out(1) == ['row 2, "x" is "NA"', "and 500 more"]


def test_columns_without_numbers_are_named() -> None:
    text = 'date,town,price,x,y\n2020-01-05,Bonn,"1,200 USD",1,2\n2020-01-06,Ulm,900 USD,2,3\n'
    assert read_table(text).texts == ("date", "town", "price")
    assert read_table("x,y,z\n1,2,\n2,3,n/a\n").texts == ()


@pytest.mark.parametrize(
    ("header", "x", "y"),
    [
        ("area,rooms,price", "area", "price"),
        ("Price (US$),area,rooms", "area", "Price (US$)"),
        ("id,面积,房价", "面积", "房价"),
        ("area,rooms,unpriced", "area", "rooms"),
        ("price,sales,area", "price", "sales"),
    ],
)
def test_what_a_name_says_is_to_be_predicted_is_y(header: str, x: str, y: str) -> None:
    table = read_table(f"{header}\n1,5,30\n2,6,50\n3,8,10\n")
    assert names(read_pair(table).dataset) == (x, y)


def test_a_target_that_does_not_vary_is_none() -> None:
    assert names(read_csv("area,rooms,price\n1,5,7\n2,6,7\n")) == ("area", "rooms")


def test_numbers_that_are_given_are_a_table() -> None:
    reading = read_pair(table_of([1.0, 2.0, 3.0], [4.0, float("nan"), 6.0], ("a", "b")))
    assert pair(reading.dataset) == ([1.0, 3.0], [4.0, 6.0])
    assert names(reading.dataset) == ("a", "b")
    assert reading.left_out(9) == ['row 2, "b" is blank']


def test_a_number_read_back_is_the_float32_nearest_to_it() -> None:
    assert read_csv("x;y\n0,1;1e-3\n16777217;2\n").x.tolist() == [0.10000000149011612, 16777216.0]


def test_columns_that_float32_rounds_much_are_named() -> None:
    text = "day,year,v\n20240101,2001,1\n20240102,2002,2\n20240103,2003,4\n"
    assert read_pair(read_table(text), "day", "v").rounded == ("day",)
    assert read_pair(read_table(text), "year", "v").rounded == ()
