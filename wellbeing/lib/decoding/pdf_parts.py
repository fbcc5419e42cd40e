"""List the parts a page of a PDF may have (ISO 32000-2): every key that is copied, and the kind of its value.

A key that is in no table is not copied: scripts, links, attachments, metadata, thumbnails and whatever a program has
invented for itself stay behind without having to be known.
"""

# Kinds of value: PLAIN is numbers, names, yes or no, and lists of them; TEXT may also be strings. Every other kind is a
# key of DICTIONARIES or has a rule of its own in `pdf.Copier`.
PLAIN, TEXT = "plain", "text"


def _keys(plain: str = "", **kinds: str) -> dict[str, str]:
    return {**{f"/{key}": PLAIN for key in plain.split()}, **{f"/{key}": kind for key, kind in kinds.items()}}


PAGE = _keys("Type MediaBox CropBox TrimBox BleedBox ArtBox Rotate UserUnit", Group="group")
DICTIONARIES = {
    "resources": _keys(
        Font="fonts",
        XObject="xobjects",
        ExtGState="states",
        ColorSpace="spaces",
        Pattern="patterns",
        Shading="shadings",
    ),
    "group": _keys("Type S I K", CS="space"),
    "state": _keys(
        "Type LW LC LJ ML D RI OP op OPM FL SM SA BM CA ca AIS TK",
        Font="sized font",
        SMask="soft mask",
    ),
    "soft mask": _keys("Type S BC", G="xobject", TR="function"),
    "font": _keys(
        "Type Subtype BaseFont Name FirstChar LastChar Widths DW W DW2 W2 FontBBox FontMatrix",
        FontDescriptor="descriptor",
        Encoding="encoding",
        ToUnicode="data",
        DescendantFonts="list of fonts",
        CIDSystemInfo="collection",
        CIDToGIDMap="data",
        CharProcs="glyphs",
        Resources="resources",
    ),
    "collection": _keys("Supplement", Registry=TEXT, Ordering=TEXT),
    "descriptor": _keys(
        "Type FontName FontStretch FontWeight Flags FontBBox ItalicAngle Ascent Descent Leading CapHeight XHeight"
        " StemV StemH AvgWidth MaxWidth MissingWidth",
        FontFamily=TEXT,
        CharSet=TEXT,
        FontFile="data",
        FontFile2="data",
        FontFile3="data",
    ),
    "encoding": _keys("Type BaseEncoding Differences"),
    "pattern": _keys("Type PatternType Matrix", Shading="shading", ExtGState="state"),
    "shading": _keys(
        "ShadingType Background BBox AntiAlias Domain Coords Extend Matrix",
        ColorSpace="space",
        Function="function",
    ),
    "function": _keys("FunctionType Domain Range C0 C1 N Bounds Encode", Functions="list of functions"),
    "calibrated": _keys("WhitePoint BlackPoint Gamma Matrix Range"),
}
# Dictionaries whose keys are names the page has chosen, and the kind of what they name.
MAPS = {
    "fonts": "font",
    "xobjects": "xobject",
    "states": "state",
    "spaces": "space",
    "patterns": "pattern",
    "shadings": "shading",
    "glyphs": "glyph",
}
LISTS = {"list of fonts": "font", "list of functions": "function"}
# Keys of streams beside their content.
FORM = _keys("Type Subtype FormType BBox Matrix", Resources="resources", Group="group")
IMAGE = _keys(
    "Type Subtype Width Height BitsPerComponent ImageMask Decode Interpolate Intent Matte",
    ColorSpace="space",
    SMask="mask",
    Mask="mask",
)
TILE = _keys(
    "Type PatternType PaintType TilingType BBox XStep YStep Matrix",
    Resources="resources",
)
# Fonts (Length1 to 3), character maps, colour profiles, sampled functions, meshes of shadings.
DATA = _keys(
    "Subtype Length1 Length2 Length3 CMapName WMode N Range FunctionType Domain Size BitsPerSample Order Encode Decode"
    " ShadingType Background BBox AntiAlias BitsPerCoordinate BitsPerComponent BitsPerFlag VerticesPerRow",
    CIDSystemInfo="collection",
    UseCMap="data",
    ColorSpace="space",
    Alternate="space",
    Function="function",
)
