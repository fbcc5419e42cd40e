"""Invented names and words of a large programme."""

from events.models import Event
from payments.policy.models.kinds import ExpenseKind

# Invented, so that nobody real is among any number of combinations.
GIVEN_NAMES = (
    "Abelio", "Adessa", "Amarin", "Anwell", "Ashira", "Bellamy", "Benoka", "Brisa", "Calder", "Cassuri", "Corvin",
    "Dalia", "Darun", "Delphie", "Edrin", "Elowyn", "Emeka-Lu", "Fenna", "Ferrin", "Galina-May", "Gethan", "Hadriel",
    "Halima-Jo", "Ilara", "Imrel", "Ishani-Lee", "Jorun", "Juno-Mae", "Kaito-Ray", "Kerensy", "Lachlo", "Leoti",
    "Lumina", "Maelor", "Marisol-Ann", "Nadiro", "Nerys-Lyn", "Oberon", "Olwena", "Orrin", "Parvani", "Perrin",
    "Quilla", "Rafiqo", "Rowella", "Sabrin", "Selwyna", "Soraya-Bel", "Taliesa", "Tamsyl", "Tovi", "Ulrike-Jo",
    "Ursa", "Varun-Lee", "Vesper", "Wilmot", "Xanthi", "Yaelle", "Yusuro", "Zephan",
)  # fmt: skip
FAMILY_NAMES = (
    "Alderwick", "Amberley-Fox", "Applegarth", "Ashenfield", "Barleycote", "Birchmere", "Bramblewood", "Brightwater",
    "Cinderford-Lee", "Clovergate", "Copperthwaite", "Cornflower", "Dapplegrove", "Dovecotham", "Elderbrook",
    "Emberstone", "Fallowmere", "Featherby", "Fennimere", "Foxgloveham", "Gladebury", "Goldenmoor", "Greenhollow",
    "Harebellow", "Hazelthorpe", "Honeybourn", "Ironwell", "Ivorydale", "Juniperley", "Kestrelham", "Kingcupworth",
    "Larkmoor", "Lavenderby", "Lilypool", "Marigoldson", "Meadowcroft-Ray", "Mistlethorn", "Mossbank",
    "Nettlefold-Jay", "Nutbeam", "Oatfield", "Orchardson", "Osierbeck", "Pebblewick", "Periwinkleton", "Primrosely",
    "Quillmarsh", "Ravensoak", "Reedwater", "Rosehipley", "Saffronell", "Silverbirch", "Sorrelby", "Sparrowgate",
    "Starlingford", "Tansyworth", "Thistledown", "Umberlake", "Violetham", "Willowmarch",
)  # fmt: skip
TOWNS = (
    "Otterby", "Larkhampton", "Millcross", "Fernport", "Stonebeck", "Brightsea", "Elmbridge-on-Wend", "Harrowdale",
)  # fmt: skip
TITLES = {
    Event.Kind.COPRODUCTION: ["Shaping it together", "What matters to us", "Ideas over lunch"],
    Event.Kind.WORKSHOP: ["Writing it in plain English", "Looking at the numbers", "Planning the next year"],
    Event.Kind.COMMUNITY: ["Community of practice", "Learning from each other"],
    Event.Kind.MEETING: ["Group meeting", "Review meeting"],
    Event.Kind.ONLINE: ["Evening online", "Online catch-up"],
}
# (expense, share of claims that have it, what it was)
EXPENSES = (
    (ExpenseKind.PUBLIC_TRANSPORT, 0.45, "Return train fare"),
    (ExpenseKind.MILEAGE, 0.2, "Driving there and back"),
    (ExpenseKind.PARKING, 0.1, "Car park"),
    (ExpenseKind.CHILDCARE, 0.05, "Childminder"),
    (ExpenseKind.REPLACEMENT_CARER, 0.04, "Carer at home for the day"),
)
