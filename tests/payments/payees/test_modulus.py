"""The banks' check sums: every method and exception, on rows of weights invented for these tests."""

import os

import pytest
from django.urls import reverse

from payments.models import BankDetails
from payments.payees import account_checks
from payments.payees.account_values import BankError
from payments.payees.actions import bank
from payments.payees.modulus import CANNOT_CHECK, LOOKS_RIGHT, LOOKS_WRONG, Check, Table, judge, read_table
from tests import factories

# In the weights below only few digits count, so that each sum can be done in the head.
ONLY_H = (0,) * 13 + (1,)
ONLY_A_AND_H = (0,) * 6 + (1,) + (0,) * 6 + (1,)
U_AND_H = (1,) + (0,) * 12 + (1,)
NOTHING = (0,) * 14


def table(*checks, **substitutes):
    """A table of checks for sort code 00-00-01: (method, weights, exception or 0)."""
    rows = tuple(Check("000001", "000001", *check) for check in checks)
    return Table(rows, {code.strip("_"): other for code, other in substitutes.items()})


def look(account_number, *checks, **substitutes):
    return judge("000001", account_number, table(*checks, **substitutes))


@pytest.mark.parametrize(
    ("method", "account_number", "looks"),
    [
        # a + h: 4 + 6 = 10.
        ("MOD10", "40000006", LOOKS_RIGHT),
        ("MOD10", "40000007", LOOKS_WRONG),
        # 4 + 7 = 11.
        ("MOD11", "40000007", LOOKS_RIGHT),
        ("MOD11", "40000006", LOOKS_WRONG),
    ],
)
def test_modulus_10_and_11_divide_the_sum_of_digits_times_weights(method, account_number, looks):
    assert look(account_number, (method, ONLY_A_AND_H)) == looks


def test_double_alternate_adds_the_figures_of_each_product():
    weights = (0,) * 12 + (2, 1)
    # 7 × 2 = 14, whose figures make 5; with h = 5 that is 10. The plain sum, 14 + 5, is not a multiple of ten.
    assert look("00000075", ("DBLAL", weights)) == LOOKS_RIGHT
    assert look("00000075", ("MOD10", weights)) == LOOKS_WRONG
    assert look("00000076", ("DBLAL", weights)) == LOOKS_WRONG


def test_a_sort_code_outside_the_table_cannot_be_checked():
    rows = (Check("000010", "000020", "MOD10", ONLY_H),)
    for sort_code, looks in {
        "000009": CANNOT_CHECK,
        "000010": LOOKS_WRONG,
        "000020": LOOKS_WRONG,
        "000021": CANNOT_CHECK,
    }.items():
        assert judge(sort_code, "00000001", Table(rows)) == looks


def test_of_two_checks_both_must_pass():
    both = (("MOD10", ONLY_H), ("MOD11", ONLY_A_AND_H))
    assert look("00000000", *both) == LOOKS_RIGHT
    assert look("10000000", *both) == LOOKS_WRONG
    assert look("40000007", *both) == LOOKS_WRONG


def test_exception_1_adds_27_before_dividing():
    assert look("00000003", ("DBLAL", ONLY_H, 1)) == LOOKS_RIGHT
    assert look("00000000", ("DBLAL", ONLY_H, 1)) == LOOKS_WRONG


def test_exception_2_has_weights_of_its_own_where_a_is_not_nought():
    # The table's weights would let anything pass. u and v never count; z = 1 counts 3, a = 1 counts 6, h = 2 counts 2.
    assert look("10000002", ("MOD11", NOTHING, 2)) == LOOKS_RIGHT
    assert look("10000003", ("MOD11", NOTHING, 2)) == LOOKS_WRONG
    # With g = 9, which counts 3 each: 27 + h; only c to h count.
    assert look("10000096", ("MOD11", NOTHING, 2)) == LOOKS_RIGHT
    assert look("10000097", ("MOD11", NOTHING, 2)) == LOOKS_WRONG
    # With a = 0 the table's hold.
    assert look("00000003", ("MOD11", NOTHING, 2)) == LOOKS_RIGHT


def test_exception_9_tries_again_with_sort_code_309634_and_one_of_the_two_is_enough():
    # Second check: u of 309634 is 3, so 3 + h = 11 with h = 8.
    pair = (("MOD11", ONLY_H, 2), ("MOD11", U_AND_H, 9))
    assert look("00000008", *pair) == LOOKS_RIGHT
    assert look("00000007", *pair) == LOOKS_WRONG
    assert look("00000000", *pair) == LOOKS_RIGHT


@pytest.mark.parametrize(("c", "looks"), [("6", LOOKS_RIGHT), ("9", LOOKS_RIGHT), ("5", LOOKS_WRONG)])
def test_exception_3_leaves_out_its_check_where_c_is_6_or_9(c, looks):
    assert look(f"00{c}00001", ("MOD10", NOTHING), ("DBLAL", ONLY_H, 3)) == looks


def test_exception_4_wants_the_remainder_to_be_the_last_two_digits():
    only_a = (0,) * 6 + (10,) + (0,) * 7
    # 1 × 10 leaves 10 of 11, and gh is 10.
    assert look("10000010", ("MOD11", only_a, 4)) == LOOKS_RIGHT
    assert look("10000000", ("MOD11", only_a, 4)) == LOOKS_WRONG
    # 2 × 10 leaves 9.
    assert look("20000009", ("MOD11", only_a, 4)) == LOOKS_RIGHT


def test_exception_5_substitutes_the_sort_code_and_finds_the_check_digits_in_the_account():
    only_u = (1,) + (0,) * 13
    checks = (("MOD11", only_u, 5), ("DBLAL", only_u, 5))
    # u becomes 4: 11 − 4 = 7 is g, 10 − 4 = 6 is h.
    assert look("00000076", *checks, _000001="400000") == LOOKS_RIGHT
    assert look("00000066", *checks, _000001="400000") == LOOKS_WRONG
    assert look("00000077", *checks, _000001="400000") == LOOKS_WRONG
    # Without a substitute u stays 0: no remainder, so g and h are 0.
    assert look("00000000", *checks) == LOOKS_RIGHT
    assert look("00000010", *checks) == LOOKS_WRONG
    # A remainder of 1 in the first check has no digit: never right.
    assert look("00000009", *checks, _000001="100000") == LOOKS_WRONG
    assert look("00000019", *checks, _000001="100000") == LOOKS_WRONG


@pytest.mark.parametrize(
    ("account_number", "looks"),
    [("40000011", CANNOT_CHECK), ("80000011", CANNOT_CHECK), ("30000011", LOOKS_WRONG), ("40000012", LOOKS_WRONG)],
)
def test_exception_6_cannot_check_foreign_currency(account_number, looks):
    assert look(account_number, ("MOD10", ONLY_H, 6)) == looks


def test_exception_7_leaves_u_to_b_out_where_g_is_9():
    all_of_it = (0,) * 6 + (1, 1) + (0,) * 5 + (1,)
    assert look("11000098", ("MOD10", all_of_it, 7)) == LOOKS_WRONG
    assert look("11000090", ("MOD10", all_of_it, 7)) == LOOKS_RIGHT
    assert look("11000088", ("MOD10", all_of_it, 7)) == LOOKS_RIGHT


def test_exception_8_checks_with_sort_code_090126():
    v_and_h = (0, 1) + (0,) * 11 + (1,)
    assert look("00000001", ("MOD10", v_and_h, 8)) == LOOKS_RIGHT
    assert look("00000002", ("MOD10", v_and_h, 8)) == LOOKS_WRONG


def test_exceptions_10_and_11_need_one_of_the_two_and_10_leaves_u_to_b_out():
    a_b_and_h = (0,) * 6 + (1, 1) + (0,) * 5 + (1,)
    pair = (("MOD10", a_b_and_h, 10), ("MOD11", (0,) * 13 + (3,), 11))
    # ab is 99 or 09 and g is 9: only h counts.
    for account_number in ("99000090", "09000090"):
        assert look(account_number, *pair) == LOOKS_RIGHT
    # 19 is neither: 1 + 9 + 0 is ten all the same; 29 makes 11 with h = 0, and the second check passes on h = 0.
    assert look("19000090", *pair) == LOOKS_RIGHT
    assert look("29000090", *pair) == LOOKS_RIGHT
    assert look("99000091", *pair) == LOOKS_WRONG
    # g is not 9, so 9 + 9 + 2 counts in full.
    assert look("99000082", *pair) == LOOKS_RIGHT
    assert look("99000092", *pair) == LOOKS_WRONG


@pytest.mark.parametrize(
    ("account_number", "looks"), [("00000000", LOOKS_RIGHT), ("40000006", LOOKS_RIGHT), ("40000005", LOOKS_WRONG)]
)
def test_exceptions_12_and_13_need_one_of_the_two(account_number, looks):
    assert look(account_number, ("MOD11", ONLY_H, 12), ("MOD10", ONLY_A_AND_H, 13)) == looks
    # The same rows without the exceptions need both.
    both = look(account_number, ("MOD11", ONLY_H), ("MOD10", ONLY_A_AND_H))
    assert both == (LOOKS_RIGHT if account_number == "00000000" else LOOKS_WRONG)


def test_exception_14_tries_again_without_the_last_digit():
    g_and_h = (0,) * 12 + (1, 1)
    # As it is: 9 + 2 = 11.
    assert look("00000092", ("MOD11", g_and_h, 14)) == LOOKS_RIGHT
    # f = 2, g = 9, h = 1: 10 leaves a remainder; without h it is 2 + 9 = 11.
    assert look("00000291", ("MOD11", g_and_h, 14)) == LOOKS_RIGHT
    assert look("00000391", ("MOD11", g_and_h, 14)) == LOOKS_WRONG
    # Without h it would be right, but h is none of 0, 1 and 9.
    assert look("00000293", ("MOD11", g_and_h, 14)) == LOOKS_WRONG


def test_the_published_example_passes_with_standard_weights():
    """08-99-99 with 66374958 is printed as an example that passes modulus 10 with 7 1 3 7 1 3 7 1 on the account."""
    check = Check("089999", "089999", "MOD10", (0,) * 6 + (7, 1, 3, 7, 1, 3, 7, 1))
    assert judge("089999", "66374958", Table((check,))) == LOOKS_RIGHT
    assert judge("089999", "66374959", Table((check,))) == LOOKS_WRONG


def test_the_files_are_read_as_their_publisher_lays_them_out():
    weights = (
        "000001 000009 MOD11    0    0    0    0    0    0    0    0    0    0    0    0    0    1\r\n"
        "000001 000001 DBLAL    2    1    2    1    2    1    2    1    2    1    2    1    2    1  14\r\n\r\n"
    )
    read = read_table(weights, "000001 400000\r\n")
    assert [(check.method, check.exception) for check in read.checks_for("000001")] == [("MOD11", 0), ("DBLAL", 14)]
    assert [check.weights for check in read.checks_for("000005")] == [ONLY_H]
    assert read.substitutes == {"000001": "400000"}


@pytest.mark.parametrize(
    ("weights", "substitutes"),
    [
        ("", ""),
        ("<html>", ""),
        ("000001 000009 MOD12" + " 1" * 14, ""),
        ("000001 000009 MOD11" + " 1" * 13, ""),
        ("000001 000009 MOD11" + " 1" * 14 + " 15", ""),
        ("00001 000009 MOD11" + " 1" * 14, ""),
        ("000001 000009 MOD11" + " 1" * 14, "000001"),
        ("000001 000009 MOD11" + " 1" * 14, "000001 40000x"),
    ],
)
def test_a_file_that_is_something_else_is_refused(weights, substitutes):
    with pytest.raises(ValueError, match=r"row|pair"):
        read_table(weights, substitutes)


# On the pages


@pytest.fixture
def with_table(settings, tmp_path):
    """A table for 08-99-99 whose last digit must be even, dated 3 May 2026."""
    weights = tmp_path / "weights.txt"
    weights.write_text("089999 089999 MOD10" + " 0" * 13 + " 5\n")
    os.utime(weights, (1777802400, 1777802400))
    settings.MODULUS_WEIGHTS = str(weights)
    return weights


def test_without_a_table_only_the_format_is_known(scene):
    assert account_checks.table_date() is None
    assert factories.bank_details(scene.person).checked == BankDetails.Check.CANNOT_CHECK


def test_with_a_table_details_look_right_and_finance_reads_of_which_day_it_is(scene, signed_in, with_table):
    details = factories.bank_details(scene.person)
    factories.owe(scene.programme, scene.person.person)
    assert details.checked == BankDetails.Check.LOOKS_RIGHT
    page = signed_in(scene.finance).get(reverse("bank_details_confirm", args=[scene.programme.slug, details.pk]))
    words = " ".join(page.content.decode().split())
    assert "Looks right" in words
    assert "table of 3 May 2026" in words
    assert "never says whose account it is" in words


def test_a_newer_table_is_taken_without_a_restart(scene, with_table):
    assert account_checks.judge("089999", "66374958") == LOOKS_RIGHT
    with_table.write_text("089999 089999 MOD10" + " 0" * 13 + " 1\n")
    assert account_checks.judge("089999", "66374958") == LOOKS_WRONG


def test_a_table_that_cannot_be_read_checks_nothing_and_is_logged(scene, settings, tmp_path, caplog):
    (tmp_path / "weights.txt").write_text("<html>not found</html>")
    settings.MODULUS_WEIGHTS = str(tmp_path / "weights.txt")
    assert account_checks.judge("089999", "66374958") == CANNOT_CHECK
    assert "line 1 of the weights" in caplog.text
    settings.MODULUS_WEIGHTS = str(tmp_path / "missing.txt")
    assert account_checks.judge("089999", "66374958") == CANNOT_CHECK
    assert account_checks.table_date() is None


def test_numbers_that_look_wrong_are_asked_about_once_and_may_be_kept(scene, signed_in, with_table):
    given = {"account_name": "Petra Person", "sort_code": "08-99-99", "account_number": "66374957"}
    with pytest.raises(BankError) as asked:
        bank.save(person=scene.person.person, by=scene.person, **given)
    assert asked.value.field == "sure"
    client, address = signed_in(scene.person), reverse("your_bank_change")
    assert "sure" not in client.get(address).context["form"].fields
    page = client.post(address, given)
    assert page.status_code == 200
    assert "look wrong" in page.content.decode()
    assert page.context["form"]["account_number"].value() == "66374957"
    assert not BankDetails.objects.exists()
    assert client.post(address, {**given, "sure": "on"}).status_code == 302
    assert BankDetails.objects.get().checked == BankDetails.Check.LOOKS_WRONG
    factories.owe(scene.programme, scene.person.person)
    row = signed_in(scene.finance).get(reverse("bank_details", args=[scene.programme.slug])).content.decode()
    assert "Looks wrong" in row
