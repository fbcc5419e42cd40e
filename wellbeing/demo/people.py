"""The people of the demo.

Every name is invented; phone numbers are from the ranges kept for stories (Ofcom), addresses end in example.org.
"""

from dataclasses import dataclass

from people.models import AccessNeed, Person
from people.needs.models import Whose
from wellbeing.lib.languages import Language

Need = AccessNeed.Kind
Channel = Person.Channel
Print = Person.LetterSize

ADMINISTRATOR = ("ada.keystone@example.org", "Ada Keystone")

# Charities that take part, across physical and mental health.
PARTNERS = {
    "lantern": ("Lanternlight", "Mental health support run by people who have used it, across three counties."),
    "hearts": ("Steady Hearts Together", "Groups and advice for people living with heart conditions."),
    "breath": ("Second Wind Lung Circle", "Singing and walking groups for people who live with breathlessness."),
    "joints": ("Joints in Motion Alliance", "Moving well with arthritis and lasting pain."),
    "kidney": ("Kidney Kinship", "Friendship and practical help for people on dialysis and their families."),
    "sugar": ("Bright Sugar Network", "Living well with diabetes, by people who do."),
    "quiet": ("The Quiet Hour Collective", "Led by autistic people, for calmer public places."),
    "stroke": ("After Stroke Friends", "Finding words and confidence again after a stroke."),
    "voices": ("Voices Unfolding", "Peer groups for people who hear voices or see visions."),
    "carers": ("Many Threads Carers", "A break, a listening ear and a say for unpaid carers."),
    "signs": ("Open Hands Deaf Community", "Health information in British Sign Language."),
    "sickle": ("Sickle Strong Circle", "People with sickle cell, their families and their nurses."),
}


@dataclass(frozen=True)
class Somebody:
    """A person of the story. `needs` are (AccessNeed.Kind, detail), with whose a supporter's are.

    `joined` is the week they joined.
    """

    key: str
    name: str
    known_as: str = ""
    partner: str = ""
    about: str = ""
    needs: tuple = ()
    channel: str = Channel.EMAIL
    letter_size: str = Print.STANDARD
    language: str = Language.ENGLISH
    has_email: bool = True
    phone: str = ""
    address: str = ""
    joined: int = -58
    job_title: str = ""

    @property
    def email(self):
        """Return their address: first and last word of the name."""
        if not self.has_email:
            return ""
        parts = self.name.lower().replace("’", "").split()
        return f"{parts[0]}.{parts[-1]}@example.org"


# Colleagues of the host.
STAFF = (
    Somebody("ros", "Rosalind Merrowby", "Ros", phone="01632 960101", joined=-66),
    Somebody("idris", "Idris Penhallow", phone="01632 960102", joined=-64),
    Somebody("tamsin", "Tamsin Oakhollow", phone="01632 960103", joined=-40),
)
FINANCE = (
    Somebody("graham", "Graham Tallybrook", phone="01632 960121", joined=-64),
    Somebody("nkechi", "Nkechi Sumsworth", phone="01632 960122", joined=-64),
)

# People with lived experience.
PEOPLE = (
    Somebody(
        "maggie", "Marguerite Ashdown-Okoro", "Maggie", "lantern",
        "I have lived with bipolar disorder for thirty years and I chair meetings the way I wish somebody had chaired "
        "mine: slowly, and with biscuits.",
        ((Need.BREAKS, "Ten minutes every hour"),), phone="07700 900101",
    ),
    Somebody(
        "desmond", "Desmond Larkfield", "Des", "breath",
        "COPD. I sing bass in the lung choir. Stairs and I are not friends.",
        ((Need.STEP_FREE, "A lift, not just a ramp"), (Need.PARKING, "")), phone="07700 900102",
    ),
    Somebody(
        "shanelle", "Shanelle Brightwell-James", "", "sickle",
        "I have sickle cell and a two-year-old. I want hospitals to believe people about pain.",
        ((Need.OTHER, "A warm room: cold sets off my pain"),), phone="07700 900103",
    ),
    Somebody(
        "yusuf", "Yusuf Tarkani-Vale", "", "sugar",
        "Type 1 diabetes since I was nine, and low mood that came with it. Nobody asked about the second for years.",
        ((Need.DIET, "Halal, and lunch no later than 12:30"),), phone="07700 900104",
    ),
    Somebody(
        "bronwen", "Bronwen Llanfeather", "", "joints",
        "I use a powered wheelchair and have multiple sclerosis. My assistant Cerys comes with me.",
        (
            (Need.STEP_FREE, "Powered wheelchair"), (Need.SUPPORTER, "Cerys, who needs a seat and lunch too"),
            (Need.DIET, "No gluten", Whose.SUPPORTER),
        ),
        phone="07700 900105",
    ),
    Somebody(
        "kenji", "Kenji Mossgrove", "", "quiet",
        "Autistic. I do my best thinking when I have the questions the day before.",
        ((Need.QUIET_ROOM, ""), (Need.OTHER, "Papers two days before")),
    ),
    Somebody(
        "pip", "Philippa Thornapple", "Pip", "joints",
        "ME. Mornings are hard, evenings online are good. Camera off does not mean I have gone.",
        ((Need.QUIET_ROOM, "Somewhere to lie down"), (Need.CAPTIONS, "")), phone="07700 900107",
    ),
    Somebody(
        "gurdeep", "Gurdeep Silverlane", "", "hearts",
        "Heart failure, and I look after my wife Manjit. If I come, somebody has to sit with her.",
        ((Need.DIET, "Vegetarian"),), phone="07700 900108",
    ),
    Somebody(
        "aoife", "Aoife Millrace", "", "signs",
        "Deaf. BSL is my first language. Please book the interpreters before the sandwiches.",
        ((Need.BSL, "Two interpreters for anything over an hour"),), channel=Channel.SMS, phone="07700 900109",
    ),
    Somebody(
        "terry", "Terence Cobblewick", "Terry", "stroke",
        "Had a stroke in the garden. The words come back if you wait.",
        ((Need.EASY_READ, ""), (Need.SUPPORTER, "My sister Jean"), (Need.DIET, "Vegan", Whose.SUPPORTER)),
        channel=Channel.LETTER, letter_size=Print.EASY_READ, has_email=False,
        address="4 Invented Lane\nOtterby\nZZ9 4AA",
    ),
    Somebody(
        "zainab", "Zainab Quillfeather", "", "lantern",
        "Anxiety, and I am getting braver. I say more in Urdu.",
        ((Need.LANGUAGE, "Urdu"), (Need.DIET, "Halal")), phone="07700 900111", language=Language.URDU,
    ),
    Somebody(
        "rosa", "Rosa Pimlowe-Santos", "", "joints",
        "Fibromyalgia. I used to be a bus driver and I still know every route.",
        ((Need.BREAKS, ""), (Need.OTHER, "A chair with arms")),
    ),
    Somebody(
        "winston", "Winston Harrowgale", "", "hearts",
        "Prostate cancer three years ago, and diabetes. I talk to men at the barber’s about both.",
        ((Need.LARGE_PRINT, ""),), letter_size=Print.LARGE_18, phone="07700 900113", joined=-50,
    ),
    Somebody(
        "ludmila", "Ludmila Vantrees", "", "joints",
        "Rheumatoid arthritis. I taught chemistry. I read the small print so that you do not have to.",
        ((Need.PARKING, "Blue badge"),), joined=-50,
    ),
    Somebody(
        "callum", "Callum Dunsparrow", "", "voices",
        "I hear voices. Most of them are kinder than they were. I run a group on Tuesdays.",
        ((Need.QUIET_ROOM, ""),), channel=Channel.SMS, phone="07700 900115", joined=-50,
    ),
    Somebody(
        "noor", "Noor Elderby", "", "kidney",
        "On dialysis Mondays, Wednesdays and Fridays, so ask me on the other days.",
        ((Need.DIET, "Kidney diet: no bananas, low salt"),), joined=-50,
    ),
    Somebody(
        "dilys", "Dilys Penwhistle", "", "stroke",
        "Macular disease. Ring me: I like a chat and I cannot see your letter.",
        ((Need.AUDIO, ""), (Need.SUPPORTER, "My neighbour drives me")),
        channel=Channel.PHONE, letter_size=Print.LARGE_24, has_email=False, phone="01632 960117", joined=-50,
    ),
    Somebody(
        "kofi", "Kofi Amberstone", "", "lantern",
        "I have lived with HIV for eighteen years. I am here to talk about ordinary life, not only clinics.",
        phone="07700 900118", joined=-45,
    ),
    Somebody(
        "harriet", "Harriet Snowdrop-Lee", "", "lantern",
        "Recovered from an eating disorder. Buffets are still the hardest part of any meeting.",
        ((Need.DIET, "Please label the food; I may bring my own"),), joined=-45,
    ),
    Somebody(
        "stan", "Stanislaw Riverthorpe", "Stan", "stroke",
        "Parkinson’s. My tablets have a timetable and it beats yours.",
        ((Need.BREAKS, "Tablets at 11 and 2"), (Need.LARGE_PRINT, "")), letter_size=Print.LARGE_16,
        phone="07700 900120", address="9 Riverside Invented\nStonebeck\nZZ9 7AB", joined=-45,
    ),
    Somebody(
        "priyanka", "Priyanka Dovetail", "", "lantern",
        "Depression after my second child. Childcare decides whether I can come, so thank you for asking first.",
        channel=Channel.SMS, phone="07700 900121", joined=-30,
    ),
    Somebody(
        "jerome", "Jerome Fallowbank", "", "voices",
        "Served twelve years. PTSD. Biscuit the labrador goes where I go.",
        ((Need.ASSISTANCE_DOG, "Biscuit, a labrador"), (Need.OTHER, "A seat with its back to the wall")), joined=-30,
    ),
    Somebody(
        "moira", "Moira Kettlewind", "", "carers",
        "My husband has dementia. I am the expert on Alastair and I will share that with anyone who listens.",
        phone="07700 900123", joined=-30,
    ),
    Somebody(
        "ellis", "Ellis Wrenfield", "", "quiet",
        "Epilepsy, and I am non-binary. They, please. No flashing slides.",
        ((Need.OTHER, "No flashing lights or fast animations"), (Need.CAPTIONS, "")), joined=-30,
    ),
)  # fmt: skip

# Colleagues of the partner charities who sit on the groups.
PARTNER_PEOPLE = (
    Somebody("beatrix", "Beatrix Lowfeather", "Bea", "lantern", job_title="Head of peer support"),
    Somebody("tunde", "Tunde Marchbank-Ade", "", "sickle"),
    Somebody("elspeth", "Elspeth Cranmoor", "", "kidney"),
    Somebody("rafael", "Rafael Tidewell", "", "carers", job_title="Involvement officer"),
    Somebody("sunita", "Sunita Barrowleaf", "", "hearts"),
    Somebody("owen", "Owen Hollybrook", "", "signs"),
    Somebody("margit", "Margit Sallowfield", "", "breath"),
    Somebody("callista", "Callista Inkpenny", "", "quiet"),
)

EVERYBODY = {person.key: person for person in (*STAFF, *FINANCE, *PEOPLE, *PARTNER_PEOPLE)}

# The small programme next door: nobody here sees anything of Wellbeing Our Way, and the other way round.
NEXT_DOOR_STAFF = Somebody("hester", "Hester Windlebury", joined=-30)
NEXT_DOOR_PEOPLE = (
    Somebody("bertie", "Albert Thimblethwaite", "Bertie", joined=-28),
    Somebody("fatou", "Fatou Greenlantern", "", joined=-28),
    Somebody("gwilym", "Gwilym Oakenshore", "", needs=((Need.STEP_FREE, ""),), joined=-28),
)
