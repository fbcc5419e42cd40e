"""The bench reads back the mails and counts the answers rightly: every ratio depends on it."""

from wellbeing.bench import mail_sink
from wellbeing.bench.load import Outcome


def test_mails_are_read_back_as_they_came(tmp_path):
    path = tmp_path / "mails"
    first, second = ("a@example.org", "b@example.org", b"One\r\n\xff"), ("a@example.org", "c@example.org", b"")
    path.write_bytes(mail_sink.packed(*first))
    size = path.stat().st_size
    with path.open("ab") as file:
        file.write(mail_sink.packed(*second))
    assert mail_sink.read(path) == [first, second]
    assert mail_sink.read(path, size) == [second]


def test_requests_of_all_kinds_are_counted_together():
    rows = [
        {
            "name": name,
            "num_requests": 10,
            "num_failures": failed,
            "total_response_time": total,
            "response_times": times,
        }
        for name, failed, total, times in (
            ("receipt", 0, 1000.0, {"100": 10}),
            ("claim", 1, 2000.0, {"200": 9, "900": 1}),
        )
    ]
    outcome = Outcome(rows, seconds=10)
    assert (outcome.count, outcome.errors, outcome.rate, outcome.mean) == (20, 1, 2.0, 150.0)
    assert outcome.actions_a_second == 1.0
    assert outcome.late == 200.0
    assert Outcome([], seconds=10).late == 0
