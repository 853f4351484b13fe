"""Names found by form, and compared across languages and scripts."""

from datetime import date

import pytest

from transforms.stories.days import named_days
from transforms.stories.figures import find_figures
from transforms.stories.names import find_names, shared_names


def names_in(text, language):
    return {name.surface for name in find_names(text, language).values() if name.is_sure}


@pytest.mark.parametrize(
    ("one", "language", "other", "other_language"),
    [
        ("says Marek Wojdyła", "pl", "a Mareka Wojdyły", "pl"),
        ("says Viktor Leszczenko", "pl", "сказал Виктор Лещенко", "ru"),
        ("said Viktor Leshchenko", "en", "сказал Виктор Лещенко", "ru"),
        ("der Bürgermeister Dombrowski", "de", "мэр Домбровский", "ru"),
        ("said Abel Chelimo", "en", "ケニアのアベル・チェリモが優勝した", "ja"),
        ("el ministro Castañar", "es", "前部长卡斯塔尼亚尔获刑", "zh"),
        ("in Talmenka", "en", "塔尔缅卡市发生地震", "zh"),
        ("officials in Liuxi county", "en", "柳溪县发生洪水", "zh"),
        ("a strike in Norway", "en", "ein Streik in Norwegen", "de"),
        ("a strike in Germany", "en", "德国的罢工", "zh"),
    ],
)
def test_one_name_in_two_forms(one, language, other, other_language):
    assert shared_names(find_names(one, language), find_names(other, other_language))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("said Helga Brandt", "said Helmut Krause"),
        ("the town of Brzeziny", "the town of Radomysl"),
        ("said Priya Raghunathan", "said Abel Chelimo"),
    ],
)
def test_different_names_stay_apart(one, other):
    assert not shared_names(find_names(one, "en"), find_names(other, "en"))


def test_words_that_open_a_sentence_and_days_are_no_names():
    assert names_in("Meanwhile it rained. On Tuesday, in March, Kettleby spoke.", "en") == {"Kettleby"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The verdict came on May 21.", "en"),
        ("The verdict came on Tuesday.", "en"),
        ("El martes hubo sentencia.", "es"),
        ("A sentença saiu na terça-feira.", "pt"),
        ("Wyrok zapadł we wtorek, 21 maja.", "pl"),
        ("Приговор вынесли во вторник.", "ru"),
        ("法院星期二宣判。", "zh"),
        ("法院于5月21日宣判。", "zh"),
        ("裁判所は21日、判決を言い渡した。", "ja"),
    ],
)
def test_named_days(text, language):
    assert named_days(text, language, date(2024, 5, 22)) == {"05-21"}


@pytest.mark.parametrize("text", ["6,400 people", "6 400 personnes", "6.400 Menschen", "0.64万人"])
def test_one_figure_in_many_forms(text):
    assert 6400.0 in find_figures(text, (), None)


def test_years_near_publication_and_days_are_no_figures():
    assert set(find_figures("In 2023, on 5 May 2024, as in 1956", (), date(2024, 5, 6))) == {1956.0}
