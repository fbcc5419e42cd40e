"""Bank details of the story. Sort codes that start 00-00 belong to no bank, so none of these can be anybody's."""

from payments.bank_files.columns import PRESETS

# The accounts given before the first day was paid: (sort code, account number). Two others
# are paid by cheque and in cash.
GIVEN = {
    "maggie": ("00-00-11", "10000012"),
    "desmond": ("00-00-12", "10000023"),
    "shanelle": ("00-00-13", "10000034"),
    "yusuf": ("00-00-11", "10000045"),
    "bronwen": ("00-00-14", "10000056"),
    "kenji": ("00-00-12", "10000067"),
    "gurdeep": ("00-00-15", "10000078"),
    "zainab": ("00-00-13", "10000089"),
    "winston": ("00-00-11", "10000091"),
    "ludmila": ("00-00-16", "10000103"),
    "noor": ("00-00-12", "10000114"),
    "moira": ("00-00-15", "10000125"),
    "kofi": ("00-00-14", "10000136"),
}
# Told finance by phone how they want their money: (key, method).
TOLD_BY_PHONE = (("stan", "cheque"), ("ellis", "cash"))
# The proofs of the payments that did not go by bank: (key, the cheque's number or who handed the cash over).
CHEQUE_NUMBER, CASH_FROM = "000147", "Graham Tallybrook"
# The account that changed last week: nothing is paid to her until a second person has checked.
CHANGED = ("zainab", "00-00-17", "10000147")
# The bank's answers to name checks: (key, outcome, the name it gave).
NAME_CHECKS = (
    ("maggie", "match", ""),
    ("bronwen", "close_match", "B Llanfether"),
    ("ludmila", "unavailable", ""),
)
# The payment for the first day that the bank sent back: (key, the bank's code, the note of finance).
CAME_BACK = ("ludmila", "B", "On the bank’s report of returned credits.")
HOW = "Rang the number in our records. They read the last four digits to me."
PAYS_FROM = {
    "account_name": "Wellbeing Our Way",
    "sort_code": "00-00-01",
    "account_number": "00000021",
    "service_user_number": "000021",
}
COLUMNS = next(preset.layout for preset in PRESETS if preset.key == "plain")
CODES = {
    "fees": "5100",
    "expenses": "5200",
    "mileage": "5210",
    "childcare": "5230",
    "replacement_carer": "5230",
    "bank": "1200",
    "other_way": "1210",
    "payroll": "2210",
    "vouchers": "2320",
    "donations": "2330",
    "advances": "1310",
    "returned": "1320",
}
