"""Odd requests to every address, form and parameter, as every kind of visitor: run by bin/fuzz.

- `scene.py`: the demo, another programme beside it with a row of everything, and a browser of each visitor
- `forms.py`: finds the forms and links of a page
- `crawl.py`: walks from each visitor's home page, and to every address there is, and lists what can be tried
- `odd.py`: odd values, and odd ways to send them
- `attack.py`: sends one request, judges the answers, and takes back what it did
- `report.py`: counts and prints
"""
