from django.db import migrations

# Until now a look named the account of today. One in a signed run was at the account as it was paid.
WHOSE = """
UPDATE payments_accountlook l SET person_id = d.person_id, last_digits = d.last_digits
FROM payments_bankdetails d WHERE d.id = l.bank_details_id;
UPDATE payments_accountlook l SET payment_id = p.id, last_digits = p.account_digits
FROM payments_payment p JOIN payments_paymentrun r ON r.id = p.run_id
WHERE r.reference = l.about AND r.programme_id = l.programme_id AND r.signed_at <= l.at
AND p.person_id = l.person_id AND p.method = 'bank';
"""


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0036_looks_at_accounts"),
    ]

    # By itself, as Postgres changes no table in the transaction that has filled its new keys.
    operations = [
        migrations.RunSQL(WHOSE, migrations.RunSQL.noop, elidable=True),
    ]
