"""People of the demo who come in with a spreadsheet, and the papers of its welcome pack."""

FILE = "Larkhampton community choir.csv"
HEADINGS = ("Name", "Email", "Phone", "Address", "Best way to reach")
ROWS = (
    ("Perdita Quillfeather", "perdita.quillfeather@example.org", "01632 960841", "", "Email"),
    ("Ignatius Brambledown", "ignatius.brambledown@example.org", "", "", "Email"),
    ("Wilhelmina Tockwith", "", "", "3 Imaginary Row, Larkhampton, ZZ9 4AB", "Letter"),
)
MAPPING = ("full_name", "email", "phone", "postal_address", "channel")
PAPER = "Taking part: how it works"
PAPER_LINES = (
    "You decide what you take part in, and how often. You can stop at any time.",
    "We pay for your time and your travel. You can say no to money.",
    "Tell us what you need to take part. Only those who arrange it read that.",
    "Not sure about something? Ask your contact.",
)
LINK = ("Benefits and getting paid", "https://www.example.org/benefits-and-involvement")
