"""The demo programme: *Wellbeing Our Way*, told as a story and played through the same actions people use.

- `people.py`: who is in it: charities, people, colleagues, accounts
- `texts.py`: what is proposed, said and decided
- `claims.py`: the three days and what people claim for them
- `story.py`: plays all of it in order, each step at its own moment (`clock.py`)
- `papers.py`: draws the tickets and receipts
- `load.py`: loads the story once, in one transaction
- `shift_dates.py`: moves a story that has been loaded before along with today

Every date hangs on the Monday of the current week. When a new week has begun, the demo is moved on by whole weeks, so
weekdays stay what they were and nothing anyone typed is lost.
"""
