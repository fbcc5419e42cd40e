from django.db import migrations

LOOKED_UP = "2026-11-23"

# key, kind, place, title, text, url, source
ROWS = [
    (
        "benefit-office",
        "who",
        10,
        "The office that pays your benefit",
        "Its address and phone number are on the letters it sends you. Only that office decides about your benefit.",
        "",
        "",
    ),
    (
        "citizens-advice",
        "who",
        20,
        "Citizens Advice",
        "Free advice about benefits, from people who are not part of the government.",
        "https://www.citizensadvice.org.uk/",
        "citizensadvice.org.uk",
    ),
    (
        "disability-rights-uk",
        "who",
        30,
        "Disability Rights UK: getting involved, payments and benefits",
        "A page on what payments for getting involved can do to your benefits.",
        "https://www.disabilityrightsuk.org/resources/service-user-involvement-and-payments-how-they-affect-benefits",
        "disabilityrightsuk.org",
    ),
    (
        "scie",
        "who",
        40,
        "Social Care Institute for Excellence: paying people who receive benefits",
        "A guide to the rules about payments for getting involved. It is written for organisations.",
        "https://www.scie.org.uk/co-production/supporting/paying-people-who-receive-benefits",
        "scie.org.uk",
    ),
    (
        "nihr-letter",
        "who",
        50,
        "National Institute for Health and Care Research: letter for Jobcentre Plus",
        "A letter you can take to Jobcentre Plus when you take part in research.",
        "https://www.nihr.ac.uk/documents/welfare-benefits-jobcentre-letter/27407",
        "nihr.ac.uk",
    ),
    (
        "right-to-refuse",
        "fact",
        10,
        "You may say no",
        "You may take no payment, take less, or ask that it goes to charity. The guide says that you are then not treated"
        " as having had the money. Check first that this is so for your benefit.",
        "https://www.scie.org.uk/co-production/supporting/paying-people-who-receive-benefits",
        "Social Care Institute for Excellence, 2021",
    ),
    (
        "vouchers",
        "fact",
        20,
        "Vouchers",
        "Vouchers are income, as money is.",
        "https://www.nihr.ac.uk/payment-public-involvement-health-and-care-research-guide-members-public-employment-status-and-tax",
        "National Institute for Health and Care Research",
    ),
    (
        "expenses",
        "fact",
        30,
        "Expenses",
        "Money you get back for what you spent, with receipts, is not income.",
        "https://www.nihr.ac.uk/payment-public-involvement-health-and-care-research-guide-members-public-employment-status-and-tax",
        "National Institute for Health and Care Research",
    ),
]
NAMES = ("key", "kind", "place", "title", "text", "url", "source")


def add_signposts(apps, schema_editor):
    Signpost = apps.get_model("payments", "Signpost")
    Signpost.objects.bulk_create(
        Signpost(**dict(zip(NAMES, row, strict=True)), from_date=LOOKED_UP, checked_on=LOOKED_UP) for row in ROWS
    )


def remove_signposts(apps, schema_editor):
    Signpost = apps.get_model("payments", "Signpost")
    Signpost.objects.filter(key__in=[row[0] for row in ROWS], from_date=LOOKED_UP).delete()


class Migration(migrations.Migration):
    dependencies = [('payments', '0012_recognition_and_advances')]

    operations = [migrations.RunPython(add_signposts, remove_signposts)]
