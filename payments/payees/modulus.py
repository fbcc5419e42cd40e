"""Check whether a sort code and an account number can belong together, by the banks' check sums. Pure, no database.

The arithmetic and its exceptions 1 to 14 are those of Vocalink's "Validating account numbers" (the UK modulus checking
specification). Its table of weights may not be handed on with this software: the host fetches the two files from the
publisher (valacdos.txt and scsubtab.txt) and says in the settings where they are.

A passed check says that such an account could exist. It never says that it does, or whose it is.
"""

from dataclasses import dataclass

LOOKS_RIGHT, CANNOT_CHECK, LOOKS_WRONG = "looks_right", "cannot_check", "looks_wrong"
MOD10, MOD11, DBLAL = "MOD10", "MOD11", "DBLAL"
METHODS = (MOD10, MOD11, DBLAL)
# Positions of the fourteen digits as the specification names them: u v w x y z of the sort code, a to h of the account.
U, A, B, C, G, H = 0, 6, 7, 8, 12, 13
# Of two checks with these exceptions one is enough; of any other two both must pass.
EITHER = {(2, 9), (10, 11), (12, 13)}
# Weights and sort codes that the text of the specification itself puts in place of the table's.
EXCEPTION_2 = (0, 0, 1, 2, 5, 3, 6, 4, 8, 7, 10, 9, 3, 1)
EXCEPTION_2_G_IS_9 = (0, 0, 0, 0, 0, 0, 0, 0, 8, 7, 10, 9, 3, 1)
EXCEPTION_8_SORT_CODE = "090126"
EXCEPTION_9_SORT_CODE = "309634"


@dataclass(frozen=True)
class Check:
    """One row of the table: the sort codes from `first` to `last`, both included, and how they are checked.

    `weights` are fourteen whole numbers, one for each digit; `exception` is 0 where there is none.
    """

    first: str
    last: str
    method: str
    weights: tuple
    exception: int = 0


@dataclass(frozen=True)
class Table:
    """The rows in the order of the file, and the sort codes exception 5 puts in place of others."""

    checks: tuple = ()
    substitutes: dict | None = None

    def checks_for(self, sort_code):
        """Return the rows for a sort code: none, one or two."""
        return [check for check in self.checks if check.first <= sort_code <= check.last][:2]


def read_table(weights, substitutes=""):
    """Read the table from the text of the two files, as their publisher lays them out: words with spaces between.

    Raises ValueError, naming the line, when a file is something else.
    """
    checks = []
    for number, line in enumerate(weights.splitlines(), start=1):
        words = line.split()
        if not words:
            continue
        try:
            checks.append(_check(words))
        except ValueError:
            raise ValueError(f"line {number} of the weights is not a row of the table") from None
    if not checks:
        raise ValueError("the file of weights has no rows")
    pairs = {}
    for number, line in enumerate(substitutes.splitlines(), start=1):
        words = line.split()
        if not words:
            continue
        if len(words) != 2 or not all(_is_sort_code(word) for word in words):
            raise ValueError(f"line {number} of the substitutions is not a pair of sort codes")
        pairs[words[0]] = words[1]
    return Table(tuple(checks), pairs)


def _check(words):
    first, last, method, *numbers = words
    if not (_is_sort_code(first) and _is_sort_code(last)) or method not in METHODS or len(numbers) not in {14, 15}:
        raise ValueError
    exception = int(numbers[14]) if len(numbers) == 15 else 0
    if not 0 <= exception <= 14:
        raise ValueError
    return Check(first, last, method, tuple(int(number) for number in numbers[:14]), exception)


def _is_sort_code(word):
    return len(word) == 6 and word.isascii() and word.isdecimal()


def judge(sort_code, account_number, table):
    """Return LOOKS_RIGHT, LOOKS_WRONG or CANNOT_CHECK for a sort code of six and an account number of eight digits.

    CANNOT_CHECK where the table has no check for the sort code, or says that it cannot be used (foreign currency).
    """
    checks = table.checks_for(sort_code)
    if not checks or any(_is_foreign_currency(check, account_number) for check in checks):
        return CANNOT_CHECK
    results = (_passes(check, sort_code, account_number, table) for check in checks)
    one_is_enough = tuple(check.exception for check in checks) in EITHER
    return LOOKS_RIGHT if (any(results) if one_is_enough else all(results)) else LOOKS_WRONG


def _is_foreign_currency(check, account_number):
    return check.exception == 6 and account_number[0] in "45678" and account_number[6] == account_number[7]


def _passes(check, sort_code, account_number, table):
    digits = _digits(check, sort_code, account_number, table)
    if check.exception == 3 and digits[C] in {6, 9}:
        return True
    total = _total(check.method, digits, _weights(check, digits))
    remainder = total % (11 if check.method == MOD11 else 10)
    if check.exception == 1:
        return (total + 27) % 10 == 0
    if check.exception == 4:
        return remainder == digits[G] * 10 + digits[H]
    if check.exception == 5:
        return _passes_with_check_digit(check.method, remainder, digits)
    if check.exception == 14 and remainder:
        return _passes_without_last_digit(check, digits)
    return remainder == 0


def _digits(check, sort_code, account_number, table):
    if check.exception == 5:
        sort_code = (table.substitutes or {}).get(sort_code, sort_code)
    elif check.exception == 8:
        sort_code = EXCEPTION_8_SORT_CODE
    elif check.exception == 9:
        sort_code = EXCEPTION_9_SORT_CODE
    return [int(digit) for digit in sort_code + account_number]


def _weights(check, digits):
    if check.exception == 2 and digits[A] != 0:
        return EXCEPTION_2_G_IS_9 if digits[G] == 9 else EXCEPTION_2
    without_u_to_b = (0,) * (B + 1) + check.weights[B + 1 :]
    if check.exception == 7 and digits[G] == 9:
        return without_u_to_b
    if check.exception == 10 and digits[A] in {0, 9} and digits[B] == 9 and digits[G] == 9:
        return without_u_to_b
    return check.weights


def _total(method, digits, weights):
    products = [digit * weight for digit, weight in zip(digits, weights, strict=True)]
    if method == DBLAL:
        return sum(int(figure) for product in products for figure in str(product))
    return sum(products)


def _passes_with_check_digit(method, remainder, digits):
    """Apply exception 5: the remainder, taken from the modulus, is a digit of the account number itself."""
    if method == MOD11:
        return remainder != 1 and digits[G] == (11 - remainder) % 11
    return digits[H] == (10 - remainder) % 10


def _passes_without_last_digit(check, digits):
    """Apply exception 14: check again with the eighth digit (0, 1 or 9) taken away and a nought put in front."""
    if digits[H] not in {0, 1, 9}:
        return False
    moved = [*digits[:A], 0, *digits[A:H]]
    return _total(check.method, moved, check.weights) % 11 == 0
